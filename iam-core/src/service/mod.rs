//! The thin asynchronous shell around the pure core.

mod seal;
