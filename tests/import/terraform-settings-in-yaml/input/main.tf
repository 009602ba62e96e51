# What there is stands in a file of settings.
locals {
  services = yamldecode(file("${path.module}/services.yaml"))
  queues = flatten([
    for name, service in local.services : [
      for queue in lookup(service, "queues", []) : { service = name, queue = queue }
    ]
  ])
}
resource "aws_lambda_function" "service" {
  for_each      = local.services
  function_name = each.key
}
resource "aws_sqs_queue" "in" {
  for_each = { for pair in local.queues : "${pair.service}-${pair.queue}" => pair }
  name     = each.key
}
resource "aws_lambda_event_source_mapping" "in" {
  for_each         = { for pair in local.queues : "${pair.service}-${pair.queue}" => pair }
  event_source_arn = aws_sqs_queue.in[each.key].arn
  function_name    = aws_lambda_function.service[each.value.service].arn
}
