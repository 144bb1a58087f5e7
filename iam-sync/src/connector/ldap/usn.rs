//! Active Directory: what changed has a higher update sequence number, what was deleted lies among the deleted objects.

use iam_core::port::{ConnectorError, Cursor, Objects, Presence, Read, SourceObject};
use ldap3::Scope;

use super::{Entries, PATIENCE, Query, ber, connect, entry};

/// What the domain controller says of itself.
struct Root {
    /// Which controller it is: the numbers of another one mean nothing here.
    invocation: String,
    highest: u64,
    domain: String,
}

impl Entries {
    async fn root(&mut self) -> Result<Root, ConnectorError> {
        let found = self
            .ldap
            .with_timeout(PATIENCE)
            .search(
                "",
                Scope::Base,
                "(objectClass=*)",
                vec!["dsServiceName", "highestCommittedUSN", "defaultNamingContext"],
            )
            .await
            .map_err(connect::unreachable)?;
        connect::succeeded(&found.1)?;
        let root = match found.0.into_iter().next() {
            Some(found) => entry::parse(found)?,
            None => {
                return Err(ConnectorError::Protocol(
                    "the server says nothing of itself".to_owned(),
                ));
            }
        };
        let text = |name: &str| {
            root.attributes
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .and_then(|(_, values)| String::from_utf8(values.first()?.clone()).ok())
                .unwrap_or_default()
        };
        let highest = text("highestCommittedUSN").parse().map_err(|_| {
            ConnectorError::Unsupported(
                "the server has no update sequence numbers; is it Active Directory?".to_owned(),
            )
        })?;
        let service = text("dsServiceName");
        let found = self
            .ldap
            .with_timeout(PATIENCE)
            .search(&service, Scope::Base, "(objectClass=*)", vec!["invocationId"])
            .await
            .map_err(connect::unreachable)?;
        // Who may not read it knows the controller by its name.
        let invocation = match found.0.into_iter().next() {
            Some(found) => entry::parse(found)?
                .attributes
                .into_iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("invocationId"))
                .and_then(|(_, values)| Some(entry::guid(values.first()?, true)))
                .unwrap_or(service),
            None => service,
        };
        Ok(Root {
            invocation,
            highest,
            domain: text("defaultNamingContext"),
        })
    }

    /// One page of everything, or of what changed since a token.
    pub(super) async fn changes(
        &mut self,
        query: &Query,
        read: &Read,
        cursor: Option<&Cursor>,
    ) -> Result<Objects, ConnectorError> {
        if cursor.is_none() {
            // What changes while it is read has a higher number, and is read again the next time.
            let root = self.root().await?;
            if let Some(token) = &read.since {
                let (invocation, usn) = token.split_once('|').ok_or(ConnectorError::TokenExpired)?;
                let usn: u64 = usn.parse().map_err(|_| ConnectorError::TokenExpired)?;
                if invocation != root.invocation || usn > root.highest {
                    return Err(ConnectorError::TokenExpired);
                }
            }
            self.usn = Some(format!("{}|{}", root.invocation, root.highest));
        }
        let since = match &read.since {
            Some(token) => {
                let (_, usn) = token.split_once('|').ok_or(ConnectorError::TokenExpired)?;
                Some(
                    usn.parse::<u64>()
                        .map_err(|_| ConnectorError::TokenExpired)?
                        .saturating_add(1),
                )
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
        let (mut objects, last) = self.page(&changed, cursor, Vec::new()).await?;
        if last {
            match since {
                Some(since) => objects.deleted = self.deleted(since).await?,
                None => objects.presence = Presence::Everything,
            }
            objects.token = self.usn.take();
        }
        Ok(objects)
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
        let mut cursor: Option<Cursor> = None;
        loop {
            let (page, last) = self
                .page(&query, cursor.as_ref(), vec![ber::show_deleted()])
                .await?;
            deleted.extend(
                page.objects
                    .into_iter()
                    .map(|object: SourceObject| object.identifier),
            );
            if last {
                return Ok(deleted);
            }
            cursor = page.next;
        }
    }
}
