variable "table_arn" {}
variable "name" {}
resource "aws_lambda_function" "this" {
  function_name = var.name
  role = aws_iam_role.r.arn
}
resource "aws_iam_role" "r" {}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["dynamodb:GetItem"], Resource = [var.table_arn] }] })
}
output "invoke_arn" { value = aws_lambda_function.this.invoke_arn }
