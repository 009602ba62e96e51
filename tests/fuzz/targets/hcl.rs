//! Any text is an expression of Terraform, or is refused: in a local value, a template, a loop.
#![no_main]

use archq::import::{Files, Options, Source, import};
use libfuzzer_sys::fuzz_target;
use std::io;

struct Nothing;

impl Files for Nothing {
    fn read(&self, _: &str, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

fuzz_target!(|text: &str| {
    let configuration = format!(
        "variable \"v\" {{ default = {{ a = 1, b = [2, 3] }} }}
locals {{
  x = {text}
}}
resource \"aws_sqs_queue\" \"q\" {{
  for_each = local.x
  name     = each.key
}}
resource \"aws_lambda_function\" \"f\" {{
  count       = length(local.x)
  role        = local.x
  description = \"a ${{local.x}} %{{ for k in local.x }}${{k}}%{{ endfor }}\"
}}
output \"o\" {{ value = jsonencode(local.x) }}
"
    );
    let source = Source { name: "main.tf".to_owned(), bytes: configuration.into_bytes() };
    let _ = import(&[source], &Nothing, &Options::default());
});
