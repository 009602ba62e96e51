module "alb" {
  source = "terraform-aws-modules/alb/aws"
  name = "alb"
  listeners = { http = { port = 80, forward = { target_group_key = "app" } } }
  target_groups = { app = { target_type = "lambda", target_id = module.fn.lambda_function_arn } }
}
module "fn" {
  source = "terraform-aws-modules/lambda/aws"
  function_name = "fn"
  attach_policies = true
  policies = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
}
module "cdn" {
  source = "terraform-aws-modules/cloudfront/aws"
  origin = { s3 = { domain_name = module.site.s3_bucket_bucket_regional_domain_name }, api = { domain_name = aws_apigatewayv2_api.a.api_endpoint } }
  default_cache_behavior = { target_origin_id = "s3", lambda_function_association = { viewer-request = { lambda_arn = module.fn.lambda_function_qualified_arn } } }
}
module "site" { source = "terraform-aws-modules/s3-bucket/aws" }
resource "aws_apigatewayv2_api" "a" {}
module "ecs_service" {
  source = "terraform-aws-modules/ecs/aws//modules/service"
  name = "svc"
  cluster_arn = module.ecs.cluster_arn
  load_balancer = { service = { target_group_arn = aws_lb_target_group.t.arn, container_name = "c", container_port = 80 } }
  tasks_iam_role_statements = [{ actions = ["s3:GetObject"], resources = ["${module.site.s3_bucket_arn}/*"] }]
}
module "ecs" { source = "terraform-aws-modules/ecs/aws" }
resource "aws_lb_target_group" "t" {}
resource "aws_lb" "l" {}
resource "aws_lb_listener" "li" {
  load_balancer_arn = aws_lb.l.arn
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.t.arn
  }
}
module "records" {
  source = "terraform-aws-modules/route53/aws//modules/records"
  records = [{ name = "x", type = "A", alias = { name = aws_lb.l.dns_name, zone_id = aws_lb.l.zone_id } }]
}
module "appsync" {
  source = "terraform-aws-modules/appsync/aws"
  name = "g"
  datasources = { f = { type = "AWS_LAMBDA", function_arn = module.fn.lambda_function_arn }, d = { type = "AMAZON_DYNAMODB", table_name = aws_dynamodb_table.t.name } }
}
resource "aws_dynamodb_table" "t" { name = "t" }
