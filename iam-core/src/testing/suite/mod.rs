//! THE list of cases that every storage passes: directly on the port, and through the engine.
//!
//! A case gets fresh, empty storages from a factory. After it the doctor looks at every realm, the chain is sealed and
//! verified, and both must find nothing.

mod chain;
mod claim;
mod command;
mod derived;
mod ground;
mod guard;
mod journal;
mod lists;
mod load;
mod outbox;
mod pages;
mod past;
mod realm;
mod role;
mod search;
mod stored;
mod undo;
mod words;

pub use ground::Ground;

use super::Factory;

/// One case.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name, unique in the list.
    pub name: &'static str,
    /// Runs it; fails by panicking.
    pub run: fn(Factory) -> std::pin::Pin<Box<dyn Future<Output = ()>>>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Case({})", self.name)
    }
}

macro_rules! list {
    ($($module:ident: $($case:ident)*;)*) => {
        /// Every case, in the order in which one reads them.
        pub fn cases() -> Vec<Case> {
            vec![$($(Case {
                name: stringify!($case),
                run: |factory| Box::pin(async move {
                    let ground = Ground::open(&factory).await;
                    $module::$case(&ground).await;
                    ground.close().await;
                }),
            },)*)*]
        }
    };
}

list! {
    load: load_absence load_records load_ancestors_of_organizations load_ancestors_of_positions load_subtrees
        load_referring load_edges_in_both_directions load_claims load_schema load_everything_at_once load_in_the_wrong_realm;
    stored: load_values_as_they_were_written load_edges_as_they_were_written;
    guard: guard_of_a_record guard_of_absence guard_of_edges guard_of_an_unknown_set guard_of_referring_records
        guard_failure_leaves_nothing plan_of_many_changes concurrent_commands_lose_nothing
        concurrent_creations_of_one_name;
    claim: claim_taken claims_swapped_in_one_plan claim_handed_over_in_one_plan claim_released_and_retaken
        claim_of_a_deleted_record claims_of_realms_are_global claims_are_folded claims_of_long_values;
    command: command_replayed command_identifier_reused refused_attempts_are_audited preview_writes_nothing
        what_if_stacked_is_execute_in_turn what_if_after_names_changed_hands batch_all_or_nothing batch_each nothing_to_change_is_no_commit
        validation_saves_nothing validity_ends_and_retention_ends;
    journal: journal_queries audit_queries journal_of_edges_at_both_ends history_and_timeline events_in_order
        standing_moves_with_commits;
    outbox: outbox_in_order_of_each_subject outbox_lease_expires outbox_lost_lease_settles_nothing outbox_retry
        outbox_for_several_workers outbox_writes_with_the_commit;
    chain: seals_in_order chain_is_sealed_and_verified inspect_pages_are_complete;
    realm: realms_are_isolated realms_by_name realm_of_the_same_name;
    search: search_every_operator search_random_predicates search_hostile_texts search_long_values search_by_id search_large_lists search_deep_predicates
        search_custom_attributes search_attribute_that_comes_back search_prefix_preset search_what_is_refused search_follows_changes;
    pages: search_pages search_deleted search_order_with_gaps;
    derived: derived_attributes within_organization_after_moves deleted_ends_have_no_effect windows_follow_the_clock
        nested_groups_with_circles random_worlds_agree_with_the_oracle
        generated_world_is_sound;
    past: as_of_agrees_with_snapshots differences_agree_with_snapshots past_of_edges_and_groups
        past_of_the_tree as_of_refuses_the_future;
    undo: rollback_of_a_revision rollback_of_a_change_set rollback_of_an_actor rollback_names_conflicts
        rollback_skips_conflicts rollback_of_swapped_names rollback_of_a_rollback erased_persons_are_unreadable
        undelete_brings_edges_back purge_leaves_no_trace;
    lists: list_of_users_as_delivered list_columns_and_search_are_settings lists_of_other_kinds members_by_either_number
        reorganization_in_one_step;
    role: roles_and_grants dynamic_roles_follow large_rules_follow_in_steps timed_rules_follow_the_clock
        rules_agree_with_the_naive_twin owners_and_administrators access_is_cloned wanted_state_of_a_person;
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_unique() {
        let cases = super::cases();
        let names: std::collections::BTreeSet<_> = cases.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), cases.len());
    }
}
