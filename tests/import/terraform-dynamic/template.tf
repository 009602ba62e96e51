locals {
  fns = { a = { q = "qa" }, b = { q = "qb" } }
  tags = merge({ x = 1 }, { y = 2 })
}
resource "aws_sqs_queue" "q" {
  for_each = local.fns
  name = each.value.q
}
resource "aws_lambda_function" "f" {
  for_each = local.fns
  function_name = each.key
  role = aws_iam_role.r.arn
}
resource "aws_iam_role" "r" {
  managed_policy_arns = [aws_iam_policy.p.arn]
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([for k, v in local.fns : { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.q[k].arn }], [{ Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:*:*:table/${aws_dynamodb_table.t.name}" }])
  })
}
resource "aws_dynamodb_table" "t" { name = "tt" }
resource "aws_s3_bucket" "b" { bucket_prefix = "x" }
resource "aws_s3_bucket_notification" "n" {
  bucket = aws_s3_bucket.b.id
  dynamic "lambda_function" {
    for_each = local.fns
    content {
      lambda_function_arn = aws_lambda_function.f[lambda_function.key].arn
      events = ["s3:ObjectCreated:*"]
    }
  }
}
resource "aws_iam_role_policy_attachment" "b" {
  for_each = toset(["arn:aws:iam::aws:policy/AmazonSNSFullAccess", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"])
  role = aws_iam_role.r.name
  policy_arn = each.value
}
