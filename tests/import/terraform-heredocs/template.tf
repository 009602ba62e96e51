# Lines of a heredoc begin where they like; none of them loses a letter.
resource "aws_sfn_state_machine" "etl" {
  name       = "etl"
  definition = <<-EOF
  {
    "StartAt": "Extract",
    "States": {
      "Extract": {"Type": "Task", "Resource": "${aws_lambda_function.extract.arn}", "Next": "Tell"},
      "Tell": {
        "Type": "Task",
        "Resource": "arn:aws:states:::sns:publish",
        "Parameters": {"TopicArn": "${aws_sns_topic.done.arn}"},
        "End": true
      }
    }
  }
  EOF
}
resource "aws_iam_policy" "write" {
  policy = <<-POLICY
{
  "Statement": [
    {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "${aws_dynamodb_table.seen.arn}"},
    {"Effect": "Allow", "Action": "sqs:SendMessage",
     "Resource": "${aws_sqs_queue.late.arn}"}
  ]
}
  POLICY
}
resource "aws_iam_role" "extract" {}
resource "aws_iam_role_policy_attachment" "write" {
  role       = aws_iam_role.extract.name
  policy_arn = aws_iam_policy.write.arn
}
resource "aws_lambda_function" "extract" {
  function_name = "extract"
  role          = aws_iam_role.extract.arn
}
resource "aws_sns_topic" "done" {}
resource "aws_dynamodb_table" "seen" {
  name = "seen"
}
resource "aws_sqs_queue" "late" {}
