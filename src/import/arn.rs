//! ARNs, queue URLs and host names: what they say about what they name.
//!
//! Works on rendered text, in which `${…}` stands for what is not known; the colons inside do not
//! count.

/// The parts of an ARN that tell things apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    /// `sqs`.
    pub(crate) service: &'a str,
    /// What follows the account.
    pub(crate) rest: &'a str,
}

/// Takes an ARN apart.
pub(crate) fn arn(text: &str) -> Option<Arn<'_>> {
    let rest = text.strip_prefix("arn:")?;
    let (_, rest) = first_part(rest)?;
    let (service, rest) = first_part(rest)?;
    let (_, rest) = first_part(rest)?;
    let (_, rest) = first_part(rest)?;
    Some(Arn { service, rest })
}

/// Splits at the first colon that is not inside of `${…}`.
fn first_part(text: &str) -> Option<(&str, &str)> {
    let colon = outside_braces(text, b":")?;
    Some((text.get(..colon)?, text.get(colon + 1..)?))
}

/// Gives the name of the queue of a queue URL.
pub(crate) fn queue_of_url(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let is_sqs = host.starts_with("sqs.") || host.contains("queue.amazonaws.com");
    is_sqs.then(|| path.rsplit('/').next()).flatten()
}

/// Gives the repository of an image in ECR: `team/app` of
/// `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:tag`.
pub(crate) fn repository_of_image(text: &str) -> Option<&str> {
    let (host, path) = text.split_once('/')?;
    let path = host.contains(".dkr.ecr.").then_some(path)?;
    path.split([':', '@']).next()
}

/// Gives the host of a URL or an address.
pub(crate) fn host(text: &str) -> &str {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let end = outside_braces(rest, b"/:?#").unwrap_or(rest.len());
    rest.get(..end).unwrap_or(rest)
}

/// Finds the first of some ASCII letters that is not inside of braces.
fn outside_braces(text: &str, wanted: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => return depth == 0 && wanted.contains(&byte),
        }
        false
    })
}

/// Gives the first part of the service's name behind a host of AWS: `execute-api`, `s3`.
pub(crate) fn service_of_host(host: &str) -> Option<&str> {
    if host.ends_with(".cloudfront.net") {
        return Some("cloudfront");
    }
    let stem = host
        .strip_suffix(".amazonaws.com")
        .or_else(|| host.strip_suffix(".amazonaws.com.cn"))
        .or_else(|| host.strip_suffix(".${AWS::URLSuffix}"))
        .or_else(|| host.strip_suffix(".on.aws"))?;
    let known = [
        "execute-api",
        "lambda-url",
        "elb",
        "appsync-api",
        "s3",
        "s3-website",
    ];
    let parts = labels(stem);
    let special = known.iter().find(|word| {
        parts
            .iter()
            .any(|part| part == *word || (**word == "s3" && part.starts_with("s3-")))
    });
    match special {
        Some(&"lambda-url") => Some("lambda"),
        Some(&"elb") => Some("elasticloadbalancing"),
        Some(&"appsync-api") => Some("appsync"),
        Some(&"s3-website") => Some("s3"),
        Some(word) => Some(word),
        None => match parts.as_slice() {
            [service] | [.., service, _] => Some(service.strip_prefix("sync-").unwrap_or(service)),
            _ => None,
        },
    }
}

/// Gives the parts of a host between its dots; dots inside of what is open are none.
fn labels(host: &str) -> Vec<&str> {
    let mut labels = Vec::new();
    let mut rest = host;
    while let Some(dot) = outside_braces(rest, b".") {
        let (label, behind) = rest.split_at(dot);
        labels.push(label);
        rest = behind.trim_start_matches('.');
    }
    labels.push(rest);
    labels
}

/// Gives the bucket of an S3 host: `name.s3.region.amazonaws.com`.
pub(crate) fn bucket_of_host(host: &str) -> Option<&str> {
    // Most hosts are none of S3, and to make ready for a search costs more than to look.
    let find = |part: &[u8; 4]| host.as_bytes().windows(4).position(|at| at == part);
    let at = find(b".s3.").or_else(|| find(b".s3-"))?;
    host.get(..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_arn_with_open_parts_apart() {
        let text = "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders";
        let parts = arn(text).map(|arn| (arn.service, arn.rest));
        assert_eq!(parts, Some(("sqs", "orders")));
        assert_eq!(arn("arn:aws:s3:::b/*").map(|arn| arn.rest), Some("b/*"));
        assert_eq!(arn("orders"), None);
    }

    #[test]
    fn knows_the_repository_of_an_image() {
        let text = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/team/app:1@sha256:0a";
        assert_eq!(repository_of_image(text), Some("team/app"));
        assert_eq!(repository_of_image("public.ecr.aws/nginx/nginx"), None);
    }

    #[test]
    fn knows_the_service_behind_a_host() {
        assert_eq!(
            service_of_host("x.execute-api.eu-west-1.amazonaws.com"),
            Some("execute-api")
        );
        assert_eq!(service_of_host("sqs.eu-west-1.amazonaws.com"), Some("sqs"));
        assert_eq!(service_of_host("example.com"), None);
        let open = "bedrock-runtime.${data.aws_region.here.name}.amazonaws.com";
        assert_eq!(service_of_host(open), Some("bedrock-runtime"));
    }
}
