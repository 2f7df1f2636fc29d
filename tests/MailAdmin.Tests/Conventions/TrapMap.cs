using MailAdmin.Tests.Account;
using MailAdmin.Tests.Authentication;
using MailAdmin.Tests.Dkim;
using MailAdmin.Tests.Documentation;
using MailAdmin.Tests.Jmap;
using MailAdmin.Tests.Logs;
using MailAdmin.Tests.Objects;
using MailAdmin.Tests.Principals;
using MailAdmin.Tests.Queue;
using MailAdmin.Tests.Reports;
using MailAdmin.Tests.Sandbox.Registry;
using MailAdmin.Tests.Spam;
using MailAdmin.Tests.Store;
using MailAdmin.Tests.Tasks;

namespace MailAdmin.Tests.Conventions;

/// <summary>
/// What a server from 0.16 on silently does otherwise than one expects (docs/api-0.16.md §11), by the numbers there, with the tests that prove what the client does about it. What a request must
/// not contain is besides looked for in every request that a cmdlet of any test sends (<see cref="Hosting.JmapWire"/>).
/// </summary>
internal static class TrapMap
{
    private const string EachTrap = nameof(JmapWireTests.Each_trap_of_a_request_is_found);
    private const string Supported = nameof(FamilyTests.A_supported_cmdlet_does_its_work);
    private const string Parameter = nameof(JmapParameterTests.A_parameter_does_what_it_is_for_or_is_refused_by_name);
    private const string Page = nameof(TrapHelpTests.A_page_says_what_the_server_does);

    public static IReadOnlyList<Trap> All { get; } =
    [
        // A masked secret that is sent back becomes the secret.
        new(1, Of<JmapWireTests>(EachTrap), Of<JmapWritesTests>(nameof(JmapWritesTests.Nothing_is_sent_of_changes_one_of_which_must_not_be)),
            Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_stands_for_a_hidden_secret_is_written_nowhere), nameof(ObjectTrapTests.Free_JSON_does_not_get_into_a_batch)),
            Of<ObjectWriterTests>(nameof(ObjectWriterTests.A_secret_is_never_shown_and_what_is_inside_beside_it_can_be_changed)),
            Of<RegistryStoreTests>(nameof(RegistryStoreTests.A_mask_sent_back_is_kept_in_an_account_and_stored_elsewhere))),

        // Credentials that are replaced as a whole are lost; a place is no id, and ids are given out again.
        new(2, Of<JmapWireTests>(EachTrap), Of<JmapTrapTests>(nameof(JmapTrapTests.A_new_password_takes_the_place_of_the_password_wherever_it_stands)),
            Of<JmapKeyTests>(nameof(JmapKeyTests.A_change_of_a_key_leaves_the_password_and_the_other_keys), nameof(JmapKeyTests.A_key_that_got_the_id_of_a_removed_one_is_not_taken_for_it)),
            Of<JmapAccountTests>(nameof(JmapAccountTests.An_object_that_was_read_before_does_not_remove_its_successor)), Of<ObjectCmdletTests>(nameof(ObjectCmdletTests.What_must_not_be_sent_is_refused_by_its_name))),

        // An empty id is the first one.
        new(3, Of<JmapWireTests>(EachTrap, nameof(JmapWireTests.Nothing_is_sent_of_a_call_with_an_id_that_is_none)),
            Of<JmapWritesTests>(nameof(JmapWritesTests.Nothing_is_sent_of_changes_one_of_which_must_not_be)), Of<ObjectWriterTests>(nameof(ObjectWriterTests.An_address_is_one)),
            Of<RegistryIdTests>(nameof(RegistryIdTests.An_empty_id_is_the_first))),

        // Another @type, and the creation of what there is once, start from defaults.
        new(4, Of<JmapWireTests>(EachTrap), Of<ObjectTrapTests>(nameof(ObjectTrapTests.No_singleton_is_created_and_no_unknown_property_is_sent)),
            Of<ObjectWriterTests>(nameof(ObjectWriterTests.Another_variant_starts_from_defaults_and_that_is_said)), Of<ObjectPatchTests>(nameof(ObjectPatchTests.Another_variant_begins_with_its_defaults))),

        // Who is deleted and made anew has no mail.
        new(5, Of<JmapTrapTests>(nameof(JmapTrapTests.A_rename_is_an_update_and_says_what_the_old_address_does_then), nameof(JmapTrapTests.The_removal_of_an_account_says_that_its_mail_goes_and_which_lists_keep_its_address)),
            Of<ObjectTrapTests>(nameof(ObjectTrapTests.The_question_before_an_account_is_removed_as_an_object_says_that_its_mail_goes)), Of<TrapHelpTests>(Page)),

        // The secret of one-time codes is stored unchecked, and Basic ends at once.
        new(6, Of<JmapAccountTests>(nameof(JmapAccountTests.One_time_codes_go_on_after_a_code_was_checked_here_and_off_with_a_code)), Of<TrapHelpTests>(Page)),

        // Who may change accounts sets the password of an administrator.
        new(7, Of<JmapTrapTests>(nameof(JmapTrapTests.Who_may_change_accounts_may_become_an_administrator_and_that_is_said)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_the_server_does_besides_is_said)), Of<TrapHelpTests>(Page)),

        // The date of a deleted item restores it, and what is restored leaves the list before it is back.
        new(8, Of<JmapDeletedItemTests>(nameof(JmapDeletedItemTests.What_is_restored_is_requested_by_its_status_alone_and_comes_later), nameof(JmapDeletedItemTests.With_Wait_the_end_is_told_and_what_failed_is_an_error_with_its_reason))),

        // Nothing of the settings is in force before its action.
        new(9, Of<ObjectTrapTests>(nameof(ObjectTrapTests.Every_type_is_in_force_at_once_or_has_its_action), nameof(ObjectTrapTests.A_ban_acts_and_ends_at_once_and_its_end_says_what_goes_on_counting)),
            Of<ObjectCmdletTests>(nameof(ObjectCmdletTests.A_change_is_in_force_by_one_reload_at_the_end), nameof(ObjectCmdletTests.What_was_written_is_in_force_also_where_the_pipeline_ends_early), nameof(ObjectCmdletTests.What_needs_a_restart_says_so))),

        // Pages without an order, with a position or with a total are others.
        new(10, Of<JmapWireTests>(EachTrap, nameof(JmapWireTests.A_query_without_a_limit_and_a_get_without_ids_are_never_sent)),
            Of<JmapChannelTests>(nameof(JmapChannelTests.A_list_is_read_page_by_page_after_the_last_id_until_a_page_is_short), nameof(JmapChannelTests.A_page_that_the_server_cut_is_not_the_last_one)),
            Of<RegistryQueryTests>(nameof(RegistryQueryTests.Pages_by_ascending_anchor_hold_everything_once)), Of<FamilyTests>(Supported)),

        // A get without ids is cut at 500, and empty for what there is once.
        new(11, Of<JmapWireTests>(EachTrap, nameof(JmapWireTests.A_query_without_a_limit_and_a_get_without_ids_are_never_sent)), Of<FamilyTests>(Supported),
            Of<JmapChannelTests>(nameof(JmapChannelTests.Many_ids_are_asked_for_in_as_many_gets_as_the_session_allows_three_at_once))),

        // Unknown properties alone are all of them.
        new(12, Of<JmapWireTests>(EachTrap), Of<FamilyTests>(Supported), Of<JmapParameterTests>(Parameter), Of<ObjectCmdletTests>(nameof(ObjectCmdletTests.Objects_are_found_by_ids_filters_and_wildcards))),

        // The search of words ignores some, and finds no part of one.
        new(13, Of<JmapWireTests>(EachTrap), Of<JmapDirectoryTests>(nameof(JmapDirectoryTests.A_list_is_cut_filtered_and_counted)), Of<JmapReportTests>(nameof(JmapReportTests.A_part_of_a_text_is_found_wherever_a_word_begins))),

        // Ids that are none vanish from the answer.
        new(14, Of<JmapWireTests>(EachTrap, nameof(JmapWireTests.Nothing_is_sent_of_a_call_with_an_id_that_is_none), nameof(JmapWireTests.What_changes_the_server_is_a_set_and_nothing_else)),
            Of<JmapWritesTests>(nameof(JmapWritesTests.A_change_that_is_not_in_exactly_one_list_has_an_unknown_outcome), nameof(JmapWritesTests.One_that_is_left_out_says_nothing_about_the_others))),

        // A lost race fails the whole call after a part of it; so does an unknown role, for ever.
        new(15, Of<JmapWritesTests>(nameof(JmapWritesTests.What_a_failed_set_has_done_is_read_back_and_only_what_is_missing_is_sent_again), nameof(JmapWritesTests.A_set_that_fails_again_is_not_sent_a_third_time_and_what_the_server_does_not_have_is_not_done)),
            Of<GatheredWritesTests>(nameof(GatheredWritesTests.What_makes_the_server_fail_takes_no_other_with_it)), Of<JmapTrapTests>(nameof(JmapTrapTests.An_unknown_role_is_told_by_its_name_and_nothing_is_written)),
            Of<ObjectTrapTests>(nameof(ObjectTrapTests.A_role_that_is_not_there_is_told))),

        // No object has a state or a version.
        new(16, Of<JmapWireTests>(EachTrap), Of<JmapDirectoryTests>(nameof(JmapDirectoryTests.What_is_as_it_should_be_sends_no_write)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_somebody_else_has_changed_in_the_meantime_is_compared_anew))),

        // Custom roles do not include that of users.
        new(17, Of<JmapTrapTests>(nameof(JmapTrapTests.Roles_without_that_of_users_are_said_to_be_so)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_the_server_does_besides_is_said)), Of<TrapHelpTests>(Page)),

        // Tasks cannot be filtered by their state, and vanish when they are done.
        new(18, Of<JmapWireTests>(EachTrap), Of<TaskCmdletTests>(nameof(TaskCmdletTests.Tasks_are_listed_by_kind_and_state_and_removed_from_the_pipeline), nameof(TaskCmdletTests.Waiting_ends_when_the_task_is_gone), nameof(TaskCmdletTests.Waiting_for_a_task_that_fails_is_an_error_with_its_reason))),

        // Filters that are refused, or count otherwise.
        new(19, Of<JmapWireTests>(EachTrap), Of<JmapReportTests>(nameof(JmapReportTests.Reports_to_be_sent_are_of_two_kinds_and_found_by_a_part_of_their_domain)), Of<JmapReportParameterTests>(nameof(JmapReportParameterTests.A_parameter_does_what_it_is_for_or_is_refused_by_name))),

        // Places in a list move.
        new(20, Of<JmapWireTests>(EachTrap), Of<JmapDirectoryTests>(nameof(JmapDirectoryTests.Changes_are_made_and_nothing_else_is)), Of<ObjectWriterTests>(nameof(ObjectWriterTests.A_text_is_an_expression_without_conditions_and_a_variant_by_its_name)),
            Of<ObjectPatchTests>(nameof(ObjectPatchTests.A_list_is_a_list))),

        // The switch of a domain does nothing.
        new(21, Of<JmapTrapTests>(nameof(JmapTrapTests.A_domain_has_no_switch)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_the_server_does_besides_is_said)), Of<ObjectWriterTests>(nameof(ObjectWriterTests.A_switch_that_does_nothing_is_said_to)), Of<TrapHelpTests>(Page)),

        // A new domain makes keys by itself.
        new(22, Of<JmapTrapTests>(nameof(JmapTrapTests.A_new_domain_makes_no_keys_by_itself)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_the_server_does_besides_is_said)), Of<TrapHelpTests>(Page)),

        // The alias of a domain may be another one, and is seen when the caches are empty.
        new(23, Of<ObjectTrapTests>(nameof(ObjectTrapTests.A_name_of_another_domain_is_no_alias_and_an_alias_is_in_force_when_the_caches_are_empty)), Of<TrapHelpTests>(Page)),

        // Lists keep old addresses, and take any text.
        new(24, Of<JmapTrapTests>(nameof(JmapTrapTests.The_removal_of_an_account_says_that_its_mail_goes_and_which_lists_keep_its_address), nameof(JmapTrapTests.A_rename_is_an_update_and_says_what_the_old_address_does_then), nameof(JmapTrapTests.What_is_no_address_becomes_no_recipient_of_a_list)),
            Of<JmapParameterTests>(nameof(JmapParameterTests.The_address_that_a_list_keeps_of_a_renamed_account_can_be_removed)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.What_is_no_address_becomes_no_recipient)), Of<TrapHelpTests>(Page)),

        // App passwords and keys need no code, and outlive the password.
        new(25, Of<JmapAccountTests>(nameof(JmapAccountTests.A_new_password_is_the_server_s_to_hash_and_the_connection_lives_on), nameof(JmapAccountTests.One_time_codes_go_on_after_a_code_was_checked_here_and_off_with_a_code)),
            Of<JmapTrapTests>(nameof(JmapTrapTests.A_new_password_takes_the_place_of_the_password_wherever_it_stands)), Of<TrapHelpTests>(Page)),

        // A password of the form of an app password never matches.
        new(26, Of<JmapTrapTests>(nameof(JmapTrapTests.A_password_of_the_form_of_an_app_password_is_refused)), Of<TrapHelpTests>(Page)),

        // The queue compares capitals, and refuses ranges.
        new(27, Of<JmapQueueTests>(nameof(JmapQueueTests.An_address_is_found_whatever_its_capitals), nameof(JmapQueueTests.Only_what_has_no_capitals_on_the_server_is_left_to_the_server), nameof(JmapQueueTests.Due_times_are_bounds_that_are_not_among_them_and_may_be_past))),

        // Nobody is told of a message whose last recipients were cancelled.
        new(28, Of<Sandbox.JmapQueueTests>(nameof(Sandbox.JmapQueueTests.What_is_cancelled_for_everybody_goes_without_a_bounce)), Of<TrapHelpTests>(Page)),

        // Lines of the log get other ids with a new file.
        new(29, Of<JmapLogTests>(nameof(JmapLogTests.A_new_file_between_two_pages_neither_repeats_nor_hides_a_line), nameof(JmapLogTests.A_new_file_whose_lines_stand_where_the_old_ones_stood_is_seen)), Of<JmapChannelTests>(nameof(JmapChannelTests.A_line_of_the_log_that_is_in_neither_list_of_a_get_is_missing_too))),

        // The session names the public addresses.
        new(30, Of<JmapChannelTests>(nameof(JmapChannelTests.Everything_goes_to_the_address_that_the_user_gave)), Of<JmapSignInTests>(nameof(JmapSignInTests.A_device_is_approved_on_a_page_of_the_users_own_address))),

        // An empty text is refused, null removes.
        new(31, Of<JmapWireTests>(EachTrap), Of<JmapTrapTests>(nameof(JmapTrapTests.What_is_cleared_is_sent_as_null)), Of<JmapWritesTests>(nameof(JmapWritesTests.Nothing_is_sent_of_changes_one_of_which_must_not_be)),
            Of<ObjectWriterTests>(nameof(ObjectWriterTests.What_the_server_would_refuse_or_misunderstand_is_refused_by_its_name))),

        // What is forbidden is so for several reasons.
        new(32, Of<JmapChannelTests>(nameof(JmapChannelTests.What_is_forbidden_names_the_permission_and_where_that_is_not_the_reason_the_others)), Of<JmapSignInTests>(nameof(JmapSignInTests.Where_nothing_is_allowed_the_reason_is_told))),

        // A purge makes further tasks.
        new(33, Of<TaskCmdletTests>(nameof(TaskCmdletTests.A_purge_of_blobs_is_done_when_the_tasks_that_it_makes_are))),

        // An error anywhere stops a reload.
        new(34, Of<TaskCmdletTests>(nameof(TaskCmdletTests.A_reload_that_something_else_stops_names_the_object)), Of<ObjectCmdletTests>(nameof(ObjectCmdletTests.What_a_reload_finds_is_said_with_its_object))),

        new(35) { Reason = "It is of tests at the server itself, and a client has nothing to do about it: what counts its calls keeps to the limits at any address." },

        // The old name goes on signing in.
        new(36, Of<JmapTrapTests>(nameof(JmapTrapTests.A_rename_is_an_update_and_says_what_the_old_address_does_then)), Of<TrapHelpTests>(Page)),

        // The session does not tell who the server is.
        new(37, Of<JmapSignInTests>(nameof(JmapSignInTests.A_key_is_sent_only_once_the_server_is_known_to_be_one_that_makes_such_keys), nameof(JmapSignInTests.A_session_without_an_account_of_the_management_is_none), nameof(JmapSignInTests.A_key_does_not_go_to_another_server))),

        // One argument of a wrong kind refuses the whole request.
        new(38, Of<JmapWireTests>(EachTrap), Of<ObjectWriterTests>(nameof(ObjectWriterTests.Values_become_the_forms_of_the_wire)), Of<ObjectTrapTests>(nameof(ObjectTrapTests.Free_JSON_does_not_get_into_a_batch)),
            Of<JmapChannelTests>(nameof(JmapChannelTests.A_request_that_the_server_does_not_understand_did_nothing))),

        // An unknown property is refused without its name.
        new(39, Of<JmapWireTests>(EachTrap), Of<ObjectTrapTests>(nameof(ObjectTrapTests.No_singleton_is_created_and_no_unknown_property_is_sent)), Of<JmapParameterTests>(Parameter)),

        // The test of DMARC wants results, and says None of a failure; a tag without a score says reject.
        new(40, Of<JmapMessageTestTests>(nameof(JmapMessageTestTests.Two_results_are_sent_along_and_sets_and_lists_are_objects), nameof(JmapMessageTestTests.A_failed_DMARC_does_not_pass_though_its_result_says_none), nameof(JmapMessageTestTests.What_the_answer_says_of_tags_is_told_apart)), Of<TrapHelpTests>(Page)),

        // A role on itself stays for ever; a certificate has another's key; a selector is published twice.
        new(41, Of<JmapTrapTests>(nameof(JmapTrapTests.A_role_is_not_put_on_itself)), Of<JmapDkimTests>(nameof(JmapDkimTests.A_selector_that_is_there_is_refused_also_within_one_command)),
            Of<ObjectTrapTests>(nameof(ObjectTrapTests.A_role_on_itself_is_refused_also_as_an_object), nameof(ObjectTrapTests.A_certificate_with_the_key_of_another_is_refused), nameof(ObjectTrapTests.A_selector_that_the_domain_has_is_refused_also_as_an_object))),

        // A ban comes back.
        new(42, Of<ObjectTrapTests>(nameof(ObjectTrapTests.A_lifted_ban_of_the_server_s_own_comes_back_unless_the_counters_are_reset_and_that_is_said)), Of<TrapHelpTests>(Page)),

        // What is created comes in no order.
        new(43, Of<JmapWritesTests>(nameof(JmapWritesTests.Each_change_gets_its_own_outcome)), Of<JmapChannelTests>(nameof(JmapChannelTests.Answers_go_to_their_calls_in_whatever_order_they_come))),
    ];

    private static IEnumerable<TrapTest> Of<T>(params string[] methods) => methods.Select(method => new TrapTest(typeof(T), method));
}
