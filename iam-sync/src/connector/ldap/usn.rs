//! Active Directory: what changed has a higher update sequence number, what was deleted lies among the deleted objects.

use iam_core::port::{ConnectorError, Objects, Presence, Read};
use ldap3::Scope;

use super::{
    Query, ber, connect, entry,
    pages::{Pages, Reader},
};

/// What the domain controller says of itself.
struct Root {
    /// Which controller it is: the numbers of another one mean nothing here.
    invocation: String,
    highest: u64,
    domain: String,
}

/// The controller and the number of a token.
fn parts(token: &str) -> Option<(&str, u64)> {
    let (invocation, usn) = token.split_once('|')?;
    Some((invocation, usn.parse().ok()?))
}

impl Reader {
    async fn root(&mut self) -> Result<Root, ConnectorError> {
        let asked = ["dsServiceName", "highestCommittedUSN", "defaultNamingContext"];
        let (root, outcome) = self.wire.entry("", &asked).await?;
        connect::succeeded(&outcome)?;
        let root =
            root.ok_or_else(|| ConnectorError::Protocol("the server says nothing of itself".to_owned()))?;
        let text = |name: &str| {
            root.first(name)
                .and_then(|value| String::from_utf8(value.to_vec()).ok())
                .unwrap_or_default()
        };
        let highest = text("highestCommittedUSN").parse().map_err(|_| {
            ConnectorError::Unsupported(
                "the server has no update sequence numbers; is it Active Directory?".to_owned(),
            )
        })?;
        let service = text("dsServiceName");
        let domain = text("defaultNamingContext");
        // Who may not read it knows the controller by its name.
        let (found, _) = self.wire.entry(&service, &["invocationId"]).await?;
        let invocation = found
            .and_then(|found| Some(entry::guid(found.first("invocationId")?, true)))
            .unwrap_or(service);
        Ok(Root {
            invocation,
            highest,
            domain,
        })
    }

    /// Every page of everything, or of what changed since a token.
    pub(super) async fn changes(
        &mut self,
        query: &Query,
        read: &Read,
        pages: &mut Pages,
    ) -> Result<(), ConnectorError> {
        // What changes while it is read has a higher number, and is read again the next time.
        let root = self.root().await?;
        let since = match &read.since {
            Some(token) => {
                let (invocation, usn) = parts(token).ok_or(ConnectorError::TokenExpired)?;
                if invocation != root.invocation || usn > root.highest {
                    return Err(ConnectorError::TokenExpired);
                }
                Some(usn.saturating_add(1))
            }
            None => None,
        };
        let changed = match since {
            Some(since) => Query {
                filter: format!("(&{}(uSNChanged>={since}))", query.filter),
                ..query.clone()
            },
            None => query.clone(),
        };
        let mut cookie = Some(Vec::new());
        while let Some(at) = cookie {
            let mut objects = Objects::default();
            cookie = self.page(&changed, &at, Vec::new(), &mut objects).await?;
            if cookie.is_none() {
                match since {
                    Some(since) => objects.deleted = self.deleted(since).await?,
                    None => objects.presence = Presence::Everything,
                }
                objects.token = Some(format!("{}|{}", root.invocation, root.highest));
            }
            if !pages.give(objects, cookie.is_none()).await {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The identifiers of what was deleted since.
    async fn deleted(&mut self, since: u64) -> Result<Vec<String>, ConnectorError> {
        let root = self.root().await?;
        let query = Query {
            base: format!("CN=Deleted Objects,{}", root.domain),
            scope: Scope::OneLevel,
            filter: format!("(&(isDeleted=TRUE)(uSNChanged>={since}))"),
            attributes: vec!["objectGUID".to_owned()],
            page_size: 1000,
        };
        let mut deleted = Vec::new();
        let mut cookie = Some(Vec::new());
        while let Some(at) = cookie {
            let mut page = Objects::default();
            cookie = self
                .page(&query, &at, vec![ber::show_deleted()], &mut page)
                .await?;
            deleted.extend(page.objects.into_iter().map(|object| object.identifier));
        }
        Ok(deleted)
    }
}
