//! An edge as it is kept: most have nothing but an origin.

use iam_core::model::{Attributes, Edge, EdgeKey, EdgeOrigin, Moment, Window};

/// What an edge says, without its ends.
#[derive(Debug)]
pub(super) struct Link {
    /// The commit that changed it last.
    pub revision: u64,
    origins: u8,
    more: Option<Box<More>>,
}

/// What few edges have.
#[derive(Debug)]
struct More {
    window: Window,
    suspended: Option<String>,
    attributes: Attributes,
}

impl Link {
    pub fn new(edge: &Edge, revision: u64) -> Link {
        let plain =
            edge.window == Window::default() && edge.suspended.is_none() && edge.attributes.is_empty();
        let more = || {
            Box::new(More {
                window: edge.window,
                suspended: edge.suspended.clone(),
                attributes: edge.attributes.clone(),
            })
        };
        Link {
            revision,
            origins: edge.origins.iter().fold(0, |bits, origin| bits | origin.bit()),
            more: (!plain).then(more),
        }
    }

    pub fn edge(&self, key: EdgeKey) -> Edge {
        let more = self.more.as_ref();
        Edge {
            key,
            origins: EdgeOrigin::from_bits(self.origins),
            window: more.map_or_else(Window::default, |more| more.window),
            suspended: more.and_then(|more| more.suspended.clone()),
            attributes: more.map_or_else(Attributes::new, |more| more.attributes.clone()),
        }
    }

    /// As [`Edge::is_in_effect`].
    pub fn is_in_effect(&self, now: Moment) -> bool {
        self.more
            .as_ref()
            .is_none_or(|more| more.suspended.is_none() && more.window.contains(now))
    }

    pub fn has(&self, origin: EdgeOrigin) -> bool {
        self.origins & origin.bit() != 0
    }
}
