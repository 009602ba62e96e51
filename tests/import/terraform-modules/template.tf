module "fn" {
  source = "terraform-aws-modules/lambda/aws"
  version = "~> 7"
  function_name = "fn"
  attach_policy_statements = true
  policy_statements = {
    ddb = { effect = "Allow", actions = ["dynamodb:PutItem"], resources = [module.table.dynamodb_table_arn] }
    s3 = { effect = "Allow", actions = ["s3:GetObject"], resources = ["${aws_s3_bucket.b.arn}/*"] }
  }
  attach_policy_json = true
  policy_json = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.t.arn }] })
  event_source_mapping = {
    q = { event_source_arn = module.queue.queue_arn }
  }
  allowed_triggers = {
    api = { service = "apigateway", source_arn = "${module.api.api_execution_arn}/*/*" }
  }
  dead_letter_target_arn = aws_sqs_queue.dl.arn
}
module "fn2" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-lambda.git?ref=v7"
  function_name = "fn2"
}
module "queue" {
  source = "terraform-aws-modules/sqs/aws"
  name = "q"
}
module "table" {
  source = "terraform-aws-modules/dynamodb-table/aws"
  name = "t"
}
module "api" {
  source = "terraform-aws-modules/apigateway-v2/aws"
  name = "api"
  routes = {
    "POST /" = { integration = { uri = module.fn.lambda_function_arn, payload_format_version = "2.0" } }
    "GET /old" = { lambda_arn = module.fn2.lambda_function_arn }
  }
}
module "topic" {
  source = "terraform-aws-modules/sns/aws"
  name = "topic"
  subscriptions = { sqs = { protocol = "sqs", endpoint = module.queue.queue_arn } }
}
module "eb" {
  source = "terraform-aws-modules/eventbridge/aws"
  bus_name = "eb"
  rules = { orders = { event_pattern = jsonencode({ source = ["x"] }) } }
  targets = { orders = [{ name = "q", arn = module.queue.queue_arn, dead_letter_arn = aws_sqs_queue.dl.arn }, { name = "fn", arn = module.fn.lambda_function_arn }] }
  schedules = { nightly = { schedule_expression = "rate(1 day)", arn = module.fn2.lambda_function_arn } }
  pipes = { p = { source = module.queue.queue_arn, target = module.sfn.state_machine_arn } }
}
module "sfn" {
  source = "terraform-aws-modules/step-functions/aws"
  name = "sfn"
  definition = jsonencode({ StartAt = "a", States = { a = { Type = "Task", Resource = module.fn.lambda_function_arn, End = true } } })
}
module "bucket" {
  source = "terraform-aws-modules/s3-bucket/aws"
  bucket = "bk"
}
module "notif" {
  source = "terraform-aws-modules/s3-bucket/aws//modules/notification"
  bucket = module.bucket.s3_bucket_id
  lambda_notifications = { l = { function_arn = module.fn.lambda_function_arn, function_name = module.fn.lambda_function_name, events = ["x"] } }
  sqs_notifications = { s = { queue_arn = module.queue.queue_arn, events = ["x"] } }
}
resource "aws_sqs_queue" "dl" {}
resource "aws_s3_bucket" "b" {}
resource "aws_sns_topic" "t" {}
