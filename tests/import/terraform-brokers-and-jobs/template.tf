# A broker's virtual host is no secret; a job is what a rule starts; stores that a task copies between;
# a user of a file server is seen as the server.
resource "aws_mq_broker" "rabbit" {
  broker_name = "rabbit"
  engine_type = "RabbitMQ"
}

resource "aws_secretsmanager_secret" "login" {
  name = "login"
}

resource "aws_lambda_function" "speak" {
  function_name = "speak"
}

resource "aws_lambda_event_source_mapping" "said" {
  event_source_arn = aws_mq_broker.rabbit.arn
  function_name    = aws_lambda_function.speak.arn
  queues           = ["said"]

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = aws_secretsmanager_secret.login.arn
  }

  source_access_configuration {
    type = "VIRTUAL_HOST"
    uri  = "/"
  }
}

resource "aws_batch_job_queue" "waiting" {
  name = "waiting"
}

resource "aws_batch_job_definition" "render" {
  name = "render"
}

resource "aws_cloudwatch_event_rule" "hourly" {
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "render" {
  rule = aws_cloudwatch_event_rule.hourly.name
  arn  = aws_batch_job_queue.waiting.arn

  batch_target {
    job_definition = aws_batch_job_definition.render.arn
    job_name       = "hourly"
  }
}

resource "aws_efs_file_system" "share" {}

resource "aws_s3_bucket" "archive" {
  bucket = "archive"
}

resource "aws_datasync_location_efs" "share" {
  efs_file_system_arn = aws_efs_file_system.share.arn
}

resource "aws_datasync_location_s3" "archive" {
  s3_bucket_arn = aws_s3_bucket.archive.arn
  subdirectory  = "/"
}

resource "aws_datasync_task" "nightly" {
  source_location_arn      = aws_datasync_location_efs.share.arn
  destination_location_arn = aws_datasync_location_s3.archive.arn
}

resource "aws_transfer_server" "files" {}

resource "aws_transfer_user" "guest" {
  server_id      = aws_transfer_server.files.id
  user_name      = "guest"
  role           = "arn:aws:iam::111122223333:role/guest"
  home_directory = "/${aws_s3_bucket.archive.bucket}/guest"
}
