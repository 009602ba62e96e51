resource "aws_cloudwatch_event_rule" "r" {
  event_pattern = <<P
{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["${aws_s3_bucket.in.id}"]}}}
P
}
resource "aws_s3_bucket" "in" {}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn = aws_batch_job_queue.q.arn
  batch_target {
    job_definition = aws_batch_job_definition.d.arn
    job_name = "x"
  }
}
resource "aws_batch_job_queue" "q" {}
resource "aws_batch_job_definition" "d" { container_properties = jsonencode({ image = "x", jobRoleArn = aws_iam_role.j.arn }) }
resource "aws_iam_role" "j" {}
resource "aws_iam_role_policy" "p" {
  role = aws_iam_role.j.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["${aws_s3_bucket.in.arn}/*"] }] })
}
resource "aws_sfn_state_machine" "s" {
  definition = <<D
{"StartAt":"a","States":{"a":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","Parameters":{"JobName":"${aws_glue_job.g.name}"},"Next":"b"},
"b":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:query","Parameters":{"TableName":"${aws_dynamodb_table.t.name}"},"Next":"c"},
"c":{"Type":"Task","Resource":"arn:aws:states:::athena:startQueryExecution.sync","Parameters":{"QueryString":"x"},"End":true}}}
D
}
resource "aws_glue_job" "g" { name = "g" }
resource "aws_dynamodb_table" "t" { name = "t" }
