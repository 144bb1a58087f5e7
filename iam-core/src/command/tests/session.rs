use super::*;
use crate::{
    command::{EndSession, EndSessions, OpenSession, SessionOrigin, SetValidity},
    model::{Kind, SessionId},
    plan::{Change, Plan},
    wire::Code,
};

fn open(user: UserId) -> OpenSession {
    OpenSession {
        user,
        methods: vec!["social".into()],
        assurance: 1,
        origin: SessionOrigin::default(),
        refresh: true,
    }
}

fn names(plan: &Plan) -> Vec<&str> {
    plan.events.iter().map(|event| event.name.as_str()).collect()
}

/// House rule 4: a plan holds digests, never a token.
#[test]
fn a_plan_holds_no_token() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let plan = world.ok(open(alice));
    let session = world.record(plan.subject.unwrap());
    assert_eq!(session.text("token_digest").len(), 64);
    assert_eq!(session.text("refresh_digest").len(), 64);
    assert_ne!(session.text("refresh_digest"), session.text("refresh_family"));
    let written = serde_json::to_string(&plan).unwrap() + &format!("{plan:?}");
    for prefix in ["iam_st_", "iam_rt_", "iam_ft_"] {
        assert!(!written.contains(prefix));
    }
    assert_eq!(names(&plan), ["session.opened"]);
    // The user's note of the sign-in is no edit.
    let noted = plan.changes.iter().find_map(|change| match change {
        Change::Record { before, after, .. } if change.subject()?.kind == Kind::User => {
            Some((before.clone()?, after.clone()?))
        }
        _ => None,
    });
    let (before, after) = noted.unwrap();
    assert_eq!(before.value("changed_at"), after.value("changed_at"));
    assert!(after.moment("last_sign_in_at").is_some());
}

/// S2-20, S0-64
#[test]
fn sessions_end_one_by_one_and_all_at_once() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let all: Vec<SessionId> = (0..3).map(|_| world.made(open(alice))).collect();
    assert_eq!(
        names(&world.ok(EndSession { session: all[0] })),
        ["session.ended"]
    );
    world.refused_as(Code::NotFound, EndSession { session: all[0] });
    let plan = world.ok(EndSessions {
        user: alice,
        except: Some(all[1]),
    });
    assert_eq!(names(&plan), ["session.ended", "user.sessions_ended"]);
    assert_eq!(plan.effects[0].name, "sessions.revoke");
    assert!(world.has(all[1]) && !world.has(all[2]));
    let stranger = UserId(uuid::Uuid::from_u128(7));
    let end = EndSessions {
        user: stranger,
        except: None,
    };
    world.refused_as(Code::NotFound, end);
}

#[test]
fn whoever_is_not_valid_is_not_signed_in() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let over = SetValidity {
        user: alice,
        valid_from: None,
        valid_until: Some(world.now),
    };
    world.ok(over);
    let problem = world.refused_as(Code::SignInBlocked, open(alice));
    assert_eq!(problem.subject, Some(alice.to_string()));
    let mut high = open(alice);
    high.assurance = 0;
    world.ok(SetValidity {
        user: alice,
        valid_from: None,
        valid_until: None,
    });
    assert_eq!(world.wrong(high)["assurance"], "value.range");
}
