resource "aws_cloudfront_distribution" "d" {
  origin {
    domain_name = aws_s3_bucket.b.bucket_regional_domain_name
    origin_id = "s3"
  }
  origin {
    domain_name = replace(aws_apigatewayv2_api.a.api_endpoint, "https://", "")
    origin_id = "api"
  }
  origin {
    domain_name = aws_lb.l.dns_name
    origin_id = "alb"
  }
  origin {
    domain_name = replace(replace(aws_lambda_function_url.u.function_url, "https://", ""), "/", "")
    origin_id = "fu"
  }
  origin {
    domain_name = "${aws_lambda_function_url.u2.url_id}.lambda-url.us-east-1.on.aws"
    origin_id = "fu2"
  }
  origin {
    domain_name = "${aws_api_gateway_rest_api.r.id}.execute-api.us-east-1.amazonaws.com"
    origin_id = "rest"
  }
  default_cache_behavior {
    target_origin_id = "s3"
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.edge.qualified_arn
    }
    function_association {
      event_type = "viewer-request"
      function_arn = aws_cloudfront_function.cf.arn
    }
  }
  web_acl_id = aws_wafv2_web_acl.w.arn
}
resource "aws_cloudfront_function" "cf" {}
resource "aws_wafv2_web_acl" "w" {}
resource "aws_lambda_function" "edge" {}
resource "aws_lambda_function" "f" {}
resource "aws_lambda_function" "f2" {}
resource "aws_lambda_function_url" "u" { function_name = aws_lambda_function.f.function_name }
resource "aws_lambda_function_url" "u2" { function_name = aws_lambda_function.f2.function_name }
resource "aws_s3_bucket" "b" {}
resource "aws_apigatewayv2_api" "a" {}
resource "aws_api_gateway_rest_api" "r" {}
resource "aws_lb" "l" {}
resource "aws_route53_record" "x" {
  name = "x"
  type = "A"
  alias {
    name = aws_cloudfront_distribution.d.domain_name
    zone_id = "z"
  }
}
resource "aws_route53_record" "y" {
  name = "y"
  type = "A"
  alias {
    name = aws_lb.l.dns_name
    zone_id = aws_lb.l.zone_id
  }
}
resource "aws_wafv2_web_acl_association" "wa" {
  resource_arn = aws_lb.l.arn
  web_acl_arn = aws_wafv2_web_acl.w.arn
}
