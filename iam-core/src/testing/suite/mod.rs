//! THE list of cases that every storage passes: directly on the port, and through the engine.
//!
//! A case gets fresh, empty storages from a factory. After it the doctor looks at every realm, the chain is sealed and
//! verified, and both must find nothing.

mod access;
mod access_attack;
mod access_race;
mod access_view;
mod access_ways;
mod access_world;
mod chain;
mod claim;
mod command;
mod credential;
mod derived;
mod ground;
mod guard;
mod hostile;
mod journal;
mod link;
mod lists;
mod load;
mod outbox;
mod pages;
mod passkey;
mod past;
mod person;
mod profile;
mod realm;
mod register;
mod role;
mod rule_race;
mod search;
mod session;
mod sign_in;
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
        what_if_stacked_is_execute_in_turn what_if_after_names_changed_hands batch_all_or_nothing batch_each batches_in_a_row nothing_to_change_is_no_commit
        validation_saves_nothing validity_ends_and_retention_ends command_identifier_of_a_change_of_the_schema;
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
        generated_world_is_sound counts_of_the_tree_follow;
    past: as_of_agrees_with_snapshots differences_agree_with_snapshots past_of_edges_and_groups
        past_of_the_tree as_of_refuses_the_future;
    undo: rollback_of_a_revision rollback_of_a_change_set rollback_of_an_actor rollback_names_conflicts
        rollback_skips_conflicts rollback_of_swapped_names rollback_of_a_rollback erased_persons_are_unreadable
        undelete_brings_edges_back purge_leaves_no_trace rollback_of_a_removal
        rollback_of_the_schema_is_known_everywhere;
    session: session_is_found_by_its_token session_ends_idle_and_at_last refresh_rotates_and_reuse_ends_the_family
        refresh_within_the_grace sessions_are_ended status_changes_revoke_sessions lenient_blocks_keep_sessions
        sessions_end_with_the_validity sessions_have_a_limit sessions_have_no_past;
    link: invitation_to_sign_in invitation_later_and_its_language link_ends_to_the_second
        links_are_used_once_and_replaced one_of_many_uses_wins password_reset_by_link incomplete_sign_ups
        reset_without_telling_who_exists email_is_verified_by_link;
    sign_in: sign_in_says_one_thing sign_in_is_throttled sign_in_locks_by_policy sign_in_notes_activity
        sign_in_tells_the_blocked sign_in_with_actions sign_in_flows_end
        signed_tokens_and_their_keys sign_in_with_a_second_factor sign_in_steps_up_and_enrols;
    register: registration_takes_three_things registration_by_the_form;
    access: strangers_are_refused_every_command no_command_reaches_another_realm strangers_see_nothing
        users_edit_their_own_contact_data attributes_are_read_only_until_raised a_target_filter_overrides_the_options
        denials_override the_access_table_is_complete fast_reads_are_masked;
    access_ways: owners_rule_what_they_own administrators_stay_in_their_area every_way_to_a_role
        grants_act_within_organizations deputies_stand_in_for_a_time revocations_count_everywhere_at_once
        decisions_without_waiting reports_about_access;
    access_world: lists_are_filtered_checks a_denial_never_adds a_move_changes_only_what_is_moved;
    access_attack: nobody_grants_what_they_do_not_hold nobody_gets_around_limits levels_are_respected
        revocations_race_with_use;
    access_race: what_is_taken_away_before_the_commit_counts what_changes_beside_a_command_does_not_hinder_it;
    access_view: one_view_of_everything roles_are_managed_from_either_side roles_and_assignments_decide
        no_door_tells_what_is_masked;
    lists: list_of_users_as_delivered list_columns_and_search_are_settings lists_of_other_kinds members_by_either_number
        reorganization_in_one_step;
    credential: password_from_import_to_upgrade secrets_are_nowhere_but_sealed_in_place one_code_is_accepted_once
        one_recovery_code_is_accepted_once wrong_proofs_are_counted bursts_of_proofs_are_counted secrets_do_not_come_back messages_go_when_they_are_on
        what_carries_a_secret_is_wiped unknown_users_cost_the_same batch_of_resets_in_few_rounds;
    role: roles_and_grants dynamic_roles_follow large_rules_follow_in_steps timed_rules_follow_the_clock
        rules_agree_with_the_naive_twin owners_and_administrators access_is_cloned wanted_state_of_a_person;
    passkey: passkeys_are_enrolled sign_in_by_passkey passkeys_are_second_factors one_passkey_answer_counts_once;
    person: a_user_is_helped_along users_care_for_their_own_security a_user_in_detail the_new_address_signs_in
        only_the_blocked_are_unblocked;
    hostile: every_text_in_every_field;
    profile: profile_and_life_are_read_back attributes_are_edited_but_the_read_only the_new_address_counts
        the_tree_is_shown_as_settings_say;
    rule_race: whoever_changes_before_a_rule_is_committed whoever_changes_before_members_follow
        rules_are_taken_along_as_they_are_stored searches_for_everybody_follow_changes
        whoever_comes_is_missing_when_nobody_looks;
    access_view: accounts_of_operating_systems;
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
