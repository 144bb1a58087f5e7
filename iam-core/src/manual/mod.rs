//! The manual: one page a subject.
//!
//! Its programs run as tests, in `examples`, where every crate of the library is at hand. The pages themselves are text
//! files in `iam-core/docs/manual`.

macro_rules! pages {
    ($($page:ident $title:literal;)*) => {$(
        #[doc = $title]
        #[doc = ""]
        #[cfg_attr(not(doctest), doc = include_str!(concat!("../../docs/manual/", stringify!($page), ".md")))]
        pub mod $page {}
    )*};
}

pages! {
    start "Where to start.";
    engine "The engine: plan, then commit.";
    people "People: users, types, status, deletion.";
    organizations "Organizations, positions, groups.";
    access "Access: who may do what, and why.";
    signing_in "Signing in: passwords, factors, sessions, links.";
    finding "Finding: filters, pages, lists.";
    importing "Importing and exporting tables.";
    sources "Identity sources: where people come from.";
    privacy "Privacy and evidence.";
    errors "Errors.";
    simulating "Simulating: your own policies among failures.";
}
