resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name = "a"
  alarm_actions = [aws_sns_topic.t.arn]
  dimensions = { FunctionName = aws_lambda_function.f.function_name }
  namespace = "AWS/Lambda"
}
resource "aws_sns_topic" "t" {}
resource "aws_lambda_function" "f" {
  vpc_config {
    subnet_ids = ["s"]
    security_group_ids = ["g"]
  }
  file_system_config {
    arn = aws_efs_access_point.ap.arn
    local_mount_path = "/mnt"
  }
  environment { variables = { DB = aws_db_instance.d.endpoint } }
}
resource "aws_efs_access_point" "ap" { file_system_id = aws_efs_file_system.fs.id }
resource "aws_efs_file_system" "fs" {}
resource "aws_db_instance" "d" {}
resource "aws_cloudwatch_log_subscription_filter" "s" {
  log_group_name = aws_cloudwatch_log_group.g.name
  destination_arn = aws_lambda_function.f.arn
}
resource "aws_cloudwatch_log_group" "g" { name = "/x" }
resource "aws_sns_topic_subscription" "sub" {
  topic_arn = aws_sns_topic.t.arn
  protocol = "lambda"
  endpoint = aws_lambda_function.f.arn
}
resource "aws_ses_receipt_rule" "r" {
  name = "r"
  rule_set_name = aws_ses_receipt_rule_set.s.rule_set_name
  s3_action {
    bucket_name = aws_s3_bucket.b.bucket
    position = 1
  }
  lambda_action {
    function_arn = aws_lambda_function.f.arn
    position = 2
  }
}
resource "aws_ses_receipt_rule_set" "s" { rule_set_name = "s" }
resource "aws_s3_bucket" "b" {}
resource "aws_secretsmanager_secret_rotation" "ro" {
  secret_id = aws_secretsmanager_secret.s.id
  rotation_lambda_arn = aws_lambda_function.f.arn
}
resource "aws_secretsmanager_secret" "s" {}
resource "aws_lambda_function_event_invoke_config" "e" {
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_failure { destination = aws_sns_topic.t.arn }
    on_success { destination = aws_sqs_queue.q.arn }
  }
}
resource "aws_sqs_queue" "q" { redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 4 }) }
resource "aws_sqs_queue" "d" {}
resource "aws_sqs_queue_redrive_policy" "rp" {
  queue_url = aws_sqs_queue.e.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.d.arn })
}
resource "aws_sqs_queue" "e" {}
resource "aws_glue_trigger" "g" {
  name = "g"
  type = "SCHEDULED"
  actions { job_name = aws_glue_job.j.name }
}
resource "aws_glue_job" "j" {
  name = "j"
  role_arn = "r"
}
resource "aws_glue_crawler" "c" {
  name = "c"
  database_name = aws_glue_catalog_database.db.name
  role = "r"
  s3_target { path = "s3://${aws_s3_bucket.b.bucket}/x" }
}
resource "aws_glue_catalog_database" "db" { name = "db" }
resource "aws_db_proxy" "p" {
  name = "p"
  auth { secret_arn = aws_secretsmanager_secret.s.arn }
}
resource "aws_db_proxy_target" "pt" {
  db_proxy_name = aws_db_proxy.p.name
  db_instance_identifier = aws_db_instance.d.identifier
  target_group_name = "default"
}
resource "aws_lb" "l" {}
resource "aws_lb_listener" "li" {
  load_balancer_arn = aws_lb.l.arn
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.tg.arn
  }
}
resource "aws_lb_target_group" "tg" { target_type = "lambda" }
resource "aws_lb_target_group_attachment" "at" {
  target_group_arn = aws_lb_target_group.tg.arn
  target_id = aws_lambda_function.f.arn
}
