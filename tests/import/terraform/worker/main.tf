variable "name" {}
variable "queue_arn" {}
variable "table_arn" {}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn = var.queue_arn
  function_name    = aws_lambda_function.this.arn
}

data "aws_iam_policy_document" "table" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [var.table_arn]
  }
}

resource "aws_iam_role" "this" {
  name               = "${var.name}-role"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "table" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.table.json
}

output "function_arn" {
  value = aws_lambda_function.this.arn
}
