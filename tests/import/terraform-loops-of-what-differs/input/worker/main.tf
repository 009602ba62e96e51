variable "name" {}
variable "table_arns" { type = list(string) }

data "aws_iam_policy_document" "tables" {
  dynamic "statement" {
    for_each = length(var.table_arns) > 0 ? [1] : []
    content {
      actions   = ["dynamodb:GetItem"]
      resources = concat(var.table_arns, [for arn in var.table_arns : "${arn}/index/*"])
    }
  }
}
resource "aws_iam_role" "this" {
  name = var.name
}
resource "aws_iam_role_policy" "tables" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.tables.json
}
resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
}
