# Who is told what: budgets, anomalies, findings, a chat room that listens to a topic.
resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "100"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = 80
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_sns_topic_arns  = [aws_sns_topic.alerts.arn]
    subscriber_email_addresses = ["costs@example.com"]
  }
}

resource "aws_ce_anomaly_subscription" "odd" {
  name      = "odd"
  frequency = "IMMEDIATE"

  subscriber {
    type    = "SNS"
    address = aws_sns_topic.alerts.arn
  }
}

resource "aws_chatbot_slack_channel_configuration" "room" {
  configuration_name = "room"
  slack_channel_id   = "C0000000"
  slack_team_id      = "T0000000"
  iam_role_arn       = "arn:aws:iam::111122223333:role/chat"
  sns_topic_arns     = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_event_rule" "findings" {
  event_pattern = jsonencode({ source = ["aws.guardduty", "aws.securityhub"], "detail-type" = ["GuardDuty Finding"] })
}

resource "aws_cloudwatch_event_target" "findings" {
  rule = aws_cloudwatch_event_rule.findings.name
  arn  = aws_sns_topic.alerts.arn
}
