//! Rules of the grammar in people's words; no rule's own name ever leaves `syntax`.

use super::rules::Rule;

/// Names what a rule stands for, as it would be said behind "expected".
///
/// The match is exhaustive: a new rule does not compile until it has its words.
pub(super) fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::EOI => "the end of the question",
        Rule::question | Rule::statement | Rule::single_query => {
            "a clause such as `MATCH` or `RETURN`"
        }
        Rule::clause
        | Rule::clause_ahead
        | Rule::other_clause
        | Rule::match_clause
        | Rule::unwind_clause
        | Rule::with_clause
        | Rule::return_clause
        | Rule::create_clause
        | Rule::merge_clause
        | Rule::set_clause
        | Rule::remove_clause
        | Rule::delete_clause
        | Rule::call_clause
        | Rule::subquery_clause
        | Rule::foreach_clause
        | Rule::union => "a clause",
        Rule::where_part | Rule::list_where => "`WHERE`",
        Rule::projection_body | Rule::projection_item => "a column",
        Rule::order_part => "`ORDER BY`",
        Rule::skip_part => "`SKIP`",
        Rule::limit_part => "`LIMIT`",
        Rule::ascending => "`ASC`",
        Rule::descending => "`DESC`",
        Rule::merge_action => "`ON CREATE SET` or `ON MATCH SET`",
        Rule::set_item | Rule::set_add | Rule::set_replace | Rule::set_property => {
            "a property and its new value"
        }
        Rule::set_labels | Rule::remove_labels => "a variable with labels",
        Rule::remove_item | Rule::remove_property | Rule::property_path => "a property to remove",
        Rule::call_arguments => "arguments in parentheses",
        Rule::yield_part => "`YIELD`",
        Rule::yield_item => "an output of the procedure",
        Rule::imports => "variables in parentheses",
        Rule::pattern_list | Rule::pattern | Rule::match_body => "a pattern",
        Rule::shortest_call | Rule::shortest_word => "`shortestPath` or `allShortestPaths`",
        Rule::selector
        | Rule::all_shortest
        | Rule::any_shortest
        | Rule::shortest_count
        | Rule::any_count
        | Rule::all_paths => "a selector such as `ANY SHORTEST`",
        Rule::path_mode | Rule::path_mode_word => "a path mode such as `TRAIL`",
        Rule::chain | Rule::group_and_node | Rule::node | Rule::group_ahead | Rule::group => {
            "a node in parentheses"
        }
        Rule::properties => "properties in braces",
        Rule::edge | Rule::edge_begin | Rule::edge_ahead | Rule::edge_left => "a relationship",
        Rule::dash => "`-`",
        Rule::becomes => "`=`",
        Rule::grows => "`+=`",
        Rule::colon => "`:`",
        Rule::edge_right => "`>`",
        Rule::edge_detail => "a relationship in brackets",
        Rule::length | Rule::wrong_length => "a length such as `*1..3`",
        Rule::length_from | Rule::length_to | Rule::integer => "a whole number",
        Rule::dots => "`..`",
        Rule::quantifier => "a quantifier such as `{1,3}`",
        Rule::comma => "`,`",
        Rule::plus => "`+`",
        Rule::labels
        | Rule::label_list
        | Rule::label_test
        | Rule::item_label_test
        | Rule::postfix_ahead => "`:` and labels",
        Rule::label_expression
        | Rule::label_term
        | Rule::label_factor
        | Rule::label_name
        | Rule::label_group => "a label",
        Rule::label_not => "`!`",
        Rule::any_label => "`%`",
        Rule::lone_expression
        | Rule::expression
        | Rule::item
        | Rule::operand
        | Rule::worded
        | Rule::item_operand
        | Rule::atom
        | Rule::parentheses
        | Rule::case_subject
        | Rule::sort_item => "an expression",
        Rule::infix
        | Rule::connective
        | Rule::comparison
        | Rule::arithmetic
        | Rule::operator_ahead
        | Rule::postfix
        | Rule::item_postfix
        | Rule::starts_with
        | Rule::ends_with
        | Rule::contains
        | Rule::in_list
        | Rule::null_test
        | Rule::subscript
        | Rule::property => "an operator",
        Rule::star => "`*`",
        Rule::prefix => "`-`",
        Rule::not => "`NOT`",
        Rule::path_value | Rule::path_ahead => "a pattern",
        Rule::list => "a list",
        Rule::list_value => "`|` and a value",
        Rule::map | Rule::braces => "a map",
        Rule::map_entry => "a key, `:` and a value",
        Rule::map_projection => "parts of a map",
        Rule::projection_part | Rule::all_properties | Rule::own_property => "`.key` or `.*`",
        Rule::case => "`CASE`",
        Rule::case_branch => "`WHEN`",
        Rule::case_else => "`ELSE`",
        Rule::count_star | Rule::function | Rule::function_name | Rule::special_ahead => {
            "a function"
        }
        Rule::exists_query | Rule::count_query | Rule::collect_query => "a subquery",
        Rule::quantified | Rule::quantified_ahead | Rule::quantifier_word => {
            "`all`, `any`, `none` or `single`"
        }
        Rule::reduce | Rule::reduce_ahead => "`reduce`",
        Rule::WHITESPACE | Rule::byte_order_mark => "a blank",
        Rule::variable
        | Rule::plain
        | Rule::reference
        | Rule::name
        | Rule::bare_name
        | Rule::one_letter => "a variable",
        Rule::any_name | Rule::word | Rule::word_start | Rule::back_quoted | Rule::name_char => {
            "a name"
        }
        Rule::dotted_name => "the name of a procedure",
        Rule::reserved | Rule::after_number => "a keyword",
        Rule::parameter => "a parameter",
        Rule::parameter_number => "the parameter's number",
        Rule::quantity | Rule::number | Rule::digits | Rule::exponent => "a number",
        Rule::unit => "a unit",
        Rule::string => "a text in quotes",
        Rule::true_word => "`true`",
        Rule::false_word => "`false`",
        Rule::null_word => "`null`",
        Rule::kw_all => "`ALL`",
        Rule::kw_any => "`ANY`",
        Rule::kw_as => "`AS`",
        Rule::kw_by => "`BY`",
        Rule::kw_call => "`CALL`",
        Rule::kw_case => "`CASE`",
        Rule::kw_collect => "`COLLECT`",
        Rule::kw_count => "`COUNT`",
        Rule::kw_create => "`CREATE`",
        Rule::kw_delete => "`DELETE`",
        Rule::kw_detach => "`DETACH`",
        Rule::kw_distinct => "`DISTINCT`",
        Rule::kw_else => "`ELSE`",
        Rule::kw_end => "`END`",
        Rule::kw_ends => "`ENDS WITH`",
        Rule::kw_exists => "`EXISTS`",
        Rule::kw_foreach => "`FOREACH`",
        Rule::kw_in => "`IN`",
        Rule::kw_is => "`IS`",
        Rule::kw_limit => "`LIMIT`",
        Rule::kw_match => "`MATCH`",
        Rule::kw_merge => "`MERGE`",
        Rule::kw_on => "`ON`",
        Rule::kw_optional => "`OPTIONAL`",
        Rule::kw_order => "`ORDER BY`",
        Rule::kw_reduce => "`reduce`",
        Rule::kw_remove => "`REMOVE`",
        Rule::kw_return => "`RETURN`",
        Rule::kw_set => "`SET`",
        Rule::kw_shortest => "`SHORTEST`",
        Rule::kw_skip => "`SKIP`",
        Rule::kw_starts => "`STARTS WITH`",
        Rule::kw_then => "`THEN`",
        Rule::kw_union => "`UNION`",
        Rule::kw_unwind => "`UNWIND`",
        Rule::kw_when => "`WHEN`",
        Rule::kw_where => "`WHERE`",
        Rule::kw_with => "`WITH`",
        Rule::kw_yield => "`YIELD`",
        Rule::kw_paths => "`PATHS`",
        Rule::kw_groups => "`GROUPS`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_speaks_with_its_own_name() {
        for rule in Rule::all_rules() {
            let words = words(*rule);
            assert!(!words.contains('_'), "{rule:?}: {words}");
        }
    }
}
