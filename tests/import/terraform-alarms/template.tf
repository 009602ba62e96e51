# Alarms that scale a service, and one that watches alarms.
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_ecs_cluster" "this" {
  name = "workers"
}

resource "aws_ecs_service" "worker" {
  name    = "worker"
  cluster = aws_ecs_cluster.this.id
}

resource "aws_appautoscaling_target" "worker" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.worker.name}"
  min_capacity       = 1
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "more" {
  name               = "more"
  service_namespace  = aws_appautoscaling_target.worker.service_namespace
  scalable_dimension = aws_appautoscaling_target.worker.scalable_dimension
  resource_id        = aws_appautoscaling_target.worker.resource_id
}

resource "aws_autoscaling_group" "nodes" {
  name     = "nodes"
  min_size = 1
  max_size = 3
}

resource "aws_autoscaling_policy" "node" {
  name                   = "node"
  autoscaling_group_name = aws_autoscaling_group.nodes.name
}

resource "aws_cloudwatch_metric_alarm" "backlog" {
  alarm_name    = "backlog"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateNumberOfMessagesVisible"
  dimensions    = { QueueName = aws_sqs_queue.jobs.name }
  alarm_actions = [aws_appautoscaling_policy.more.arn, aws_autoscaling_policy.node.arn]
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name  = "age"
  namespace   = "AWS/SQS"
  metric_name = "ApproximateAgeOfOldestMessage"
  dimensions  = { QueueName = aws_sqs_queue.jobs.name }
}

resource "aws_sns_topic" "on_call" {
  name = "on-call"
}

resource "aws_cloudwatch_composite_alarm" "stuck" {
  alarm_name = "stuck"
  alarm_rule = join(" AND ", [
    "ALARM(${aws_cloudwatch_metric_alarm.backlog.alarm_name})",
    "ALARM(${aws_cloudwatch_metric_alarm.age.alarm_name})",
  ])
  alarm_actions = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_log_group" "worker" {
  name = "worker"
}

resource "aws_cloudwatch_log_metric_filter" "failures" {
  name           = "failures"
  log_group_name = aws_cloudwatch_log_group.worker.name
  pattern        = "ERROR"

  metric_transformation {
    name      = "Failures"
    namespace = "Worker"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "failing" {
  alarm_name  = "failing"
  namespace   = aws_cloudwatch_log_metric_filter.failures.metric_transformation[0].namespace
  metric_name = aws_cloudwatch_log_metric_filter.failures.metric_transformation[0].name
}
