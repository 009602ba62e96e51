data "aws_region" "current" {}
data "aws_caller_identity" "me" {}
data "aws_route53_zone" "z" { name = var.zone }
variable "zone" { default = "example.com" }
resource "aws_sqs_queue" "q" { name = "q" }
resource "aws_dynamodb_table" "t" {
  name = "orders"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_sfn_state_machine" "m" {
  name       = "m"
  role_arn   = "arn:aws:iam::1:role/r"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
}
resource "aws_lambda_function" "auth" {
  function_name = "auth"
  role = "arn:aws:iam::1:role/r"
  handler = "a.b"
  runtime = "python3.12"
  filename = "x.zip"
}
resource "aws_api_gateway_rest_api" "api" { name = "api" }
resource "aws_api_gateway_authorizer" "a" {
  name           = "a"
  rest_api_id    = aws_api_gateway_rest_api.api.id
  authorizer_uri = aws_lambda_function.auth.invoke_arn
}
locals {
  routes = {
    queue   = { uri = "arn:aws:apigateway:${data.aws_region.current.name}:sqs:path/${data.aws_caller_identity.me.account_id}/${aws_sqs_queue.q.name}", template = "Action=SendMessage&MessageBody=$input.body" }
    table   = { uri = "arn:aws:apigateway:${data.aws_region.current.name}:dynamodb:action/PutItem", template = jsonencode({ TableName = aws_dynamodb_table.t.name, Item = {} }) }
    machine = { uri = "arn:aws:apigateway:${data.aws_region.current.name}:states:action/StartExecution", template = jsonencode({ stateMachineArn = aws_sfn_state_machine.m.arn, input = "x" }) }
  }
}
resource "aws_api_gateway_resource" "r" {
  for_each    = local.routes
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = each.key
}
resource "aws_api_gateway_method" "m" {
  for_each      = local.routes
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.r[each.key].id
  http_method   = "POST"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.a.id
}
resource "aws_api_gateway_integration" "i" {
  for_each                = local.routes
  rest_api_id             = aws_api_gateway_rest_api.api.id
  resource_id             = aws_api_gateway_resource.r[each.key].id
  http_method             = aws_api_gateway_method.m[each.key].http_method
  integration_http_method = "POST"
  type                    = "AWS"
  uri                     = each.value.uri
  credentials             = "arn:aws:iam::1:role/r"
  request_templates       = { "application/json" = each.value.template }
}
resource "aws_api_gateway_deployment" "d" { rest_api_id = aws_api_gateway_rest_api.api.id }
resource "aws_api_gateway_stage" "s" {
  stage_name    = "v1"
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.d.id
}
resource "aws_wafv2_web_acl" "acl" {
  name  = "acl"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name = "m"
    sampled_requests_enabled = false
  }
}
resource "aws_wafv2_web_acl_association" "a" {
  resource_arn = aws_api_gateway_stage.s.arn
  web_acl_arn  = aws_wafv2_web_acl.acl.arn
}
resource "aws_api_gateway_domain_name" "d" { domain_name = "api.${var.zone}" }
resource "aws_api_gateway_base_path_mapping" "m" {
  api_id      = aws_api_gateway_rest_api.api.id
  stage_name  = aws_api_gateway_stage.s.stage_name
  domain_name = aws_api_gateway_domain_name.d.domain_name
}
resource "aws_route53_record" "r" {
  name    = aws_api_gateway_domain_name.d.domain_name
  type    = "A"
  zone_id = data.aws_route53_zone.z.zone_id
  alias {
    evaluate_target_health = true
    name    = aws_api_gateway_domain_name.d.cloudfront_domain_name
    zone_id = aws_api_gateway_domain_name.d.cloudfront_zone_id
  }
}
