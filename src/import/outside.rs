//! Ends outside of what was loaded, by the texts that name them.

use super::arn;
use super::endpoint::End;
use super::schema::{EndRule, Read};
use super::types::{self, Types};
use std::sync::Arc;

/// Makes the end outside that a text describes; the Region or account that a stack is in itself
/// is not outside.
pub(crate) fn named_by(types: &Types, text: &str, rule: &EndRule) -> Option<End> {
    let is_here = text.starts_with("${AWS::") && text.find('}') == Some(text.len() - 1);
    if text.is_empty() || text == "*" || text.starts_with("alias/aws/") || is_here {
        return None;
    }
    if let Some(arn) = arn::arn(text) {
        let service = types::service_of_prefix(arn.service).map(Arc::from);
        let service = service.unwrap_or_else(|| service_of(types, rule));
        return Some(End::outside(text, service, "an ARN that nothing here has"));
    }
    if matches!(rule.read, Read::Address | Read::Endpoint) {
        return Some(address(text));
    }
    if text.starts_with("com.amazonaws.") {
        let prefix = text.rsplit('.').next().unwrap_or(text);
        return types::service_of_prefix(prefix).map(End::service);
    }
    if text.contains("://") {
        return Some(address(text));
    }
    let why = match text.starts_with("${") {
        true => "a value that stays open",
        false => "a name that nothing here has",
    };
    Some(End::outside(text, service_of(types, rule), why))
}

/// Makes the end outside that stands for an account as a whole, by its number or the ARN of its root.
pub(crate) fn account(text: &str) -> Option<End> {
    let arn = text.strip_suffix(":root");
    let number = arn.map_or(Some(text), |arn| arn.rsplit(':').next())?;
    let is_account = number.len() == ACCOUNT && number.bytes().all(|byte| byte.is_ascii_digit());
    let id = format!("arn:aws:iam::{number}:root");
    is_account.then(|| End::outside(id, "iam", "another account"))
}

/// Digits of the number of an account.
const ACCOUNT: usize = 12;

/// Gives the service that a rule expects, empty where it names none.
fn service_of(types: &Types, rule: &EndRule) -> Arc<str> {
    if let Some(own) = rule.service.as_deref() {
        return own.into();
    }
    let expected = rule.types.first().and_then(|name| types.row(name));
    expected.map(|row| row.service.share()).unwrap_or_default()
}

fn address(text: &str) -> End {
    if arn::queue_of_url(text).is_some() {
        return End::outside(text, "sqs", "a queue that nothing here has");
    }
    let host = arn::host(text);
    if !text.contains("://")
        && (text.contains('@') || text.starts_with("${") || !host.contains('.'))
    {
        return End::outside(text, "", "a person or an address that is not known");
    }
    let of_host = arn::service_of_host(host).and_then(types::service_of_prefix);
    End::outside(host, of_host.unwrap_or("internet"), "an address outside")
}
