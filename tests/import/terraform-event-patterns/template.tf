# What a pattern names in its detail is where the event comes from.
resource "aws_sfn_state_machine" "etl" {
  name = "etl"
}
resource "aws_codebuild_project" "build" {
  name = "build"
}
resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name = "late"
}
resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = <<PATTERN
{
  "source": ["aws.states"],
  "detail": {"status": ["FAILED"], "stateMachineArn": ["${aws_sfn_state_machine.etl.arn}"]}
}
PATTERN
}
resource "aws_cloudwatch_event_rule" "built" {
  event_pattern = jsonencode({
    source = ["aws.codebuild"]
    detail = { "project-name" = [aws_codebuild_project.build.name] }
  })
}
resource "aws_cloudwatch_event_rule" "late" {
  event_pattern = jsonencode({
    source    = ["aws.cloudwatch"]
    resources = [aws_cloudwatch_metric_alarm.late.arn]
  })
}
resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = aws_sns_topic.ops.arn
}
resource "aws_sns_topic" "ops" {}
