resource "aws_msk_cluster" "m" {}
resource "aws_lambda_function" "f" {}
resource "aws_lambda_alias" "live" {
  name = "live"
  function_name = aws_lambda_function.f.function_name
}
resource "aws_lambda_event_source_mapping" "e" {
  event_source_arn = aws_msk_cluster.m.arn
  function_name = aws_lambda_alias.live.arn
  topics = ["t"]
}
resource "aws_vpclattice_service" "s" {}
resource "aws_vpclattice_listener" "l" {
  service_identifier = aws_vpclattice_service.s.id
  default_action {
    forward {
      target_groups { target_group_identifier = aws_vpclattice_target_group.t.id }
    }
  }
}
resource "aws_vpclattice_target_group" "t" { type = "LAMBDA" }
resource "aws_vpclattice_target_group_attachment" "a" {
  target_group_identifier = aws_vpclattice_target_group.t.id
  target { id = aws_lambda_function.f.arn }
}
resource "aws_api_gateway_rest_api" "r" {}
resource "aws_api_gateway_integration" "i" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  type = "AWS_PROXY"
  uri = aws_lambda_alias.live.invoke_arn
}
resource "aws_api_gateway_domain_name" "d" { domain_name = "x.com" }
resource "aws_api_gateway_base_path_mapping" "b" {
  api_id = aws_api_gateway_rest_api.r.id
  domain_name = aws_api_gateway_domain_name.d.domain_name
}
resource "aws_route53_record" "x" {
  name = "x"
  alias {
    name = aws_api_gateway_domain_name.d.regional_domain_name
    zone_id = "z"
  }
}
resource "aws_wafv2_web_acl" "w" {}
resource "aws_api_gateway_stage" "st" {
  rest_api_id = aws_api_gateway_rest_api.r.id
  stage_name = "p"
}
resource "aws_wafv2_web_acl_association" "wa" {
  resource_arn = aws_api_gateway_stage.st.arn
  web_acl_arn = aws_wafv2_web_acl.w.arn
}
resource "aws_lambda_permission" "lp" {
  function_name = aws_lambda_function.f.function_name
  principal = "apigateway.amazonaws.com"
  source_arn = "${aws_api_gateway_rest_api.r.execution_arn}/*/*"
}
