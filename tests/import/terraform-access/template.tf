resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role = aws_iam_role.r.arn
  dead_letter_config { target_arn = aws_sqs_queue.dl.arn }
}
resource "aws_sqs_queue" "dl" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" } }] })
  inline_policy {
    name = "x"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter"], Resource = aws_ssm_parameter.p.arn }] })
  }
}
resource "aws_ssm_parameter" "p" {
  name = "/a/b"
  type = "String"
  value = "x"
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.t.arn, "${aws_dynamodb_table.t.arn}/index/*"]
  }
}
resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.d.json }
resource "aws_iam_role_policy_attachment" "a" {
  role = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_role_policy" "h" {
  role = aws_iam_role.r.id
  policy = <<POL
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": [ "s3:GetObject" ], "Resource": "${aws_s3_bucket.b.arn}/*" }, {"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"*"} ] }
POL
}
resource "aws_s3_bucket" "b" { bucket = "bb" }
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name = aws_lambda_function.f.arn
}
