//! Attacks on the moment between check and commit: whatever a command was allowed by is taken away when the check is over
//! and the commit has not begun.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;

use super::{
    Ground,
    access::{organization, user, writing},
};
use crate::{
    command::{
        Command, CreateUser, DeleteUser, DisableOrganization, GrantRole, JoinOrganization, LockUser,
        RemoveGroupMembers, RemoveMembership, RevokeRole, TransferOrganization, UpdateRole, UpdateUser,
    },
    model::{EntityId, GroupId, Kind, Moment, RealmId, Record, Relation, RoleId},
    plan::{Actor, Facts, Guard, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect, Outcome,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    rules::Privilege,
    search::Page,
    service::{Acting, Executed, Iam},
    testing::host,
    wire::Code,
};

/// The storage of a process that is overtaken by another one at the worst moment: when it has decided and not committed.
#[derive(Debug)]
pub(super) struct Overtaken {
    inner: Arc<dyn Storage>,
    /// Whether the commits of everybody are overtaken, or those of users.
    everybody: bool,
    /// A planted fault: it is not looked whether anybody came between.
    blind: bool,
    /// What is done meanwhile: one command before each commit.
    by: Mutex<VecDeque<(Acting<'static>, Command)>>,
}

#[async_trait]
impl Storage for Overtaken {
    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        if (self.everybody || stamp.actor.starts_with("user")) && stamp.outcome == Outcome::Accepted {
            let meanwhile = self.by.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            if let Some((acting, command)) = meanwhile {
                acting.execute(command).await.unwrap();
            }
        }
        if !self.blind {
            return self.inner.commit(plan, stamp).await;
        }
        let mut plan = plan.clone();
        plan.guards.retain(|guard| !matches!(guard, Guard::Latest { .. }));
        self.inner.commit(&plan, stamp).await
    }
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        self.inner.load(realm, needs).await
    }
    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        self.inner.search(find).await
    }
    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        self.inner.history(query).await
    }
    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        self.inner.audit(query).await
    }
    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        self.inner.lease(worker, now, until, limit).await
    }
    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        self.inner.settle(results).await
    }
    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.inner.seals(after, limit).await
    }
    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        self.inner.append_seal(seal).await
    }
    async fn standing(&self) -> Result<Standing, StorageError> {
        self.inner.standing().await
    }
    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        self.inner.inspect(realm, inspection, after, limit).await
    }
    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.inner.realms().await
    }
}

/// Another process, which decides before it is overtaken and commits afterwards.
pub(super) struct Process {
    storage: Arc<Overtaken>,
    iam: Iam,
}

impl Process {
    fn new(ground: &Ground) -> Process {
        Process::overtaken_by(ground, false, false)
    }

    /// One of which all commits can be overtaken, those that follow by themselves, too.
    pub(super) fn overtaken_always(ground: &Ground) -> Process {
        Process::overtaken_by(ground, true, false)
    }

    /// The same with a planted fault: it does not look whether anybody came between.
    pub(super) fn overtaken_blindly(ground: &Ground) -> Process {
        Process::overtaken_by(ground, true, true)
    }

    fn overtaken_by(ground: &Ground, everybody: bool, blind: bool) -> Process {
        let storage = Arc::new(Overtaken {
            inner: ground.storage.clone(),
            everybody,
            blind,
            by: Mutex::default(),
        });
        // Two processes make different identifiers.
        let (host, clock) = host(3 + u64::from(blind));
        clock.set(ground.acme.context().now);
        let iam = Iam::new(storage.clone(), host).unwrap();
        Process { storage, iam }
    }

    /// Carries a command out while another process carries out one command before each of its commits, as long as there
    /// are some. Those are left out before which everything was committed.
    pub(super) async fn overtaken_again(
        &self,
        ground: &Ground,
        command: impl Into<Command>,
        meanwhile: impl IntoIterator<Item = Command>,
    ) -> Result<Executed, Code> {
        let acting = self.iam.in_realm(ground.realm()).host("another");
        let meanwhile = meanwhile
            .into_iter()
            .map(|command| (ground.acme.clone(), command));
        let all = {
            let mut by = self.storage.by.lock().unwrap();
            by.extend(meanwhile);
            by.len()
        };
        let done = acting.execute(command).await;
        let left = std::mem::take(&mut *self.storage.by.lock().unwrap()).len();
        assert!(left < all, "nobody overtook it");
        done.map_err(|problem| problem.code)
    }

    /// Carries a command out while another process carries out what is meanwhile.
    async fn overtaken(
        &self,
        ground: &Ground,
        actor: EntityId,
        command: impl Into<Command>,
        meanwhile: impl Into<Command>,
    ) -> Result<(), Code> {
        let acting = self.iam.in_realm(ground.realm()).act_as(Actor::User(user(actor)));
        let meanwhile = (ground.acme.clone(), meanwhile.into());
        self.storage.by.lock().unwrap().push_back(meanwhile);
        let done = acting.execute(command).await;
        assert!(self.storage.by.lock().unwrap().is_empty(), "nobody overtook it");
        done.map(drop).map_err(|problem| problem.code)
    }
}

/// Whatever a command was allowed by, it counts at the commit: the grant, the role, the group on the way, the actor, the
/// organization that the grant acts within, a denial that comes, an exclusion, somebody whom the actor stands in for.
pub(super) async fn what_is_taken_away_before_the_commit_counts(ground: &Ground) {
    let process = Process::new(ground);
    let top = ground.organization("Top", None).await;
    let aside = ground.organization("Aside", None).await;
    let area = ground.organization("Area", Some(top)).await;
    let role_id = |id: EntityId| RoleId(id.uuid);
    let mut number = 0;
    // Who does something, on whom, and by which role and group.
    let mut scene = async |grouped: bool| {
        number += 1;
        let target = ground.member(&format!("target{number}"), area).await;
        let actor = ground.user(&format!("actor{number}")).await;
        let name = format!("Writers {number}");
        let role = ground.role(&name, [writing("user", &["view", "update"])]).await;
        let group = ground
            .put(Kind::Group, [("name", format!("Group {number}").into())])
            .await;
        if grouped {
            ground.link(actor, Relation::InGroup, group).await;
            ground.grant(role, group).await;
        } else {
            let within = GrantRole::new(role_id(role), [actor]).within([organization(top)]);
            ground.acme.execute(within).await.unwrap();
        }
        (actor, target, role, group)
    };
    let write = |target| UpdateUser::new(user(target)).set("job", "written");
    let refused = async |what: &str, done: Result<(), Code>, target: EntityId| {
        assert!(
            matches!(done, Err(Code::Denied | Code::NotFound)),
            "{what}: {done:?}"
        );
        assert_ne!(
            ground.record(target).await.unwrap().text("job"),
            "written",
            "{what}"
        );
    };
    for (what, grouped) in [
        ("the grant is revoked", false),
        ("the role is emptied", false),
        ("the actor is locked", false),
        ("a denial comes", false),
        ("the actor is deleted", false),
        ("the target leaves", false),
        ("the area is moved away", false),
        ("the actor leaves the group", true),
        ("the group loses the role", true),
        ("the role is emptied behind the group", true),
    ] {
        let (actor, target, role, group) = scene(grouped).await;
        let meanwhile: Command = match what {
            "the grant is revoked" => RevokeRole {
                role: role_id(role),
                holders: [actor].into(),
            }
            .into(),
            "the group loses the role" => RevokeRole {
                role: role_id(role),
                holders: [group].into(),
            }
            .into(),
            "the actor is locked" => LockUser {
                user: user(actor),
                reason: None,
            }
            .into(),
            "the actor is deleted" => DeleteUser {
                user: user(actor),
                mode: Default::default(),
            }
            .into(),
            "a denial comes" => {
                let no = ground
                    .role(&format!("No {actor}"), [Privilege::deny("user", ["update"])])
                    .await;
                GrantRole::new(role_id(no), [actor]).into()
            }
            "the target leaves" => RemoveMembership {
                member: target,
                organizations: [organization(area)].into(),
            }
            .into(),
            "the area is moved away" => TransferOrganization {
                organization: organization(area),
                parent: Some(organization(aside)),
            }
            .into(),
            "the actor leaves the group" => RemoveGroupMembers {
                group: GroupId(group.uuid),
                members: [actor].into(),
            }
            .into(),
            _ => {
                let mut empty = UpdateRole::new(role_id(role));
                empty.privileges = Some(Vec::new());
                empty.into()
            }
        };
        let done = process.overtaken(ground, actor, write(target), meanwhile).await;
        refused(what, done, target).await;
    }
    // A deputy, and whoever lost what they could lend.
    let (principal, target, _, _) = scene(false).await;
    let back = TransferOrganization {
        organization: organization(area),
        parent: Some(organization(top)),
    };
    ground.acme.execute(back).await.unwrap();
    let deputy = ground.user("deputy").await;
    ground.link(deputy, Relation::Deputizes, principal).await;
    let lock = LockUser {
        user: user(principal),
        reason: None,
    };
    let done = process.overtaken(ground, deputy, write(target), lock).await;
    refused("the principal is locked", done, target).await;
    // An organization that lends a role is disabled.
    let (_, target, role, _) = scene(false).await;
    let lender = ground.organization("Lender", None).await;
    ground.grant(role, lender).await;
    let member = ground.member("lent", lender).await;
    let off = DisableOrganization {
        organization: organization(lender),
    };
    let done = process.overtaken(ground, member, write(target), off).await;
    refused("the lender is disabled", done, target).await;
}

/// What has nothing to do with it, or leaves the right where it is, costs another attempt and nothing else. Giving what
/// one lost meanwhile is refused as well.
pub(super) async fn what_changes_beside_a_command_does_not_hinder_it(ground: &Ground) {
    let process = Process::new(ground);
    let (actor, target, other) = (
        ground.user("actor").await,
        ground.user("target").await,
        ground.user("other").await,
    );
    let rights = [
        writing("user", &["view", "update", "create", "grant"]),
        writing("role", &["view", "grant"]),
    ];
    let writers = ground.role("Writers", rights).await;
    let spare = ground.role("Spare", [writing("user", &["view", "update"])]).await;
    ground.grant(writers, actor).await;
    ground.grant(spare, actor).await;
    let write = |job: &str| UpdateUser::new(user(target)).set("job", job);
    let beside: Vec<Command> = vec![
        UpdateUser::new(user(other)).set("job", "x").into(),
        UpdateUser::new(user(actor)).set("job", "x").into(),
        RevokeRole {
            role: RoleId(spare.uuid),
            holders: [actor].into(),
        }
        .into(),
        GrantRole::new(RoleId(spare.uuid), [other]).into(),
    ];
    for (place, meanwhile) in beside.into_iter().enumerate() {
        let job = format!("job {place}");
        process
            .overtaken(ground, actor, write(&job), meanwhile)
            .await
            .unwrap();
        assert_eq!(ground.record(target).await.unwrap().text("job"), job);
    }
    // What the actor gives away must be the actor's at the commit.
    ground.grant(spare, actor).await;
    let only = ground
        .role("Only", [Privilege::allow("device", ["update"])])
        .await;
    ground.grant(only, actor).await;
    let give = GrantRole::new(RoleId(only.uuid), [target]);
    let meanwhile = RevokeRole {
        role: RoleId(only.uuid),
        holders: [actor].into(),
    };
    let done = process.overtaken(ground, actor, give, meanwhile).await;
    assert!(matches!(done, Err(Code::Denied)), "{done:?}");
    assert!(
        !ground
            .as_user(target)
            .can("update", crate::access::On::Kind("device".into()))
            .await
            .unwrap()
    );
    // A place that begins to give what the actor does not have.
    let place = ground.organization("Place", None).await;
    let create = CreateUser {
        organizations: vec![JoinOrganization::new(organization(place))],
        ..CreateUser::new("fresh")
    };
    let adding = ground
        .role("Adding", [writing("organization", &["view", "add_member"])])
        .await;
    ground.grant(adding, actor).await;
    let meanwhile = GrantRole::new(RoleId(only.uuid), [place]);
    let done = process.overtaken(ground, actor, create, meanwhile).await;
    assert!(matches!(done, Err(Code::Denied)), "{done:?}");
}
