# Types that mean in Terraform what their counterparts do in CloudFormation.
resource "aws_s3_bucket" "store" {
  bucket = "store"
}

resource "aws_sns_topic" "told" {
  name = "told"
}

resource "aws_kinesis_stream" "events" {
  name = "events"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
}

resource "aws_ssm_maintenance_window" "night" {
  name = "night"
}

resource "aws_ssm_maintenance_window_task" "patch" {
  window_id = aws_ssm_maintenance_window.night.id
  task_type = "LAMBDA"
  task_arn  = aws_lambda_function.f.arn
}

resource "aws_timestreamwrite_table" "sums" {
  database_name = "d"
  table_name    = "sums"
}

resource "aws_timestreamquery_scheduled_query" "hourly" {
  name = "hourly"

  target_configuration {
    timestream_configuration {
      database_name = "d"
      table_name    = aws_timestreamwrite_table.sums.table_name
    }
  }

  notification_configuration {
    sns_configuration {
      topic_arn = aws_sns_topic.told.arn
    }
  }

  error_report_configuration {
    s3_configuration {
      bucket_name = aws_s3_bucket.store.bucket
    }
  }
}

resource "aws_s3control_multi_region_access_point" "all" {
  details {
    name = "all"

    region {
      bucket = aws_s3_bucket.store.id
    }
  }
}

resource "aws_cloudwatch_log_destination" "shared" {
  name       = "shared"
  target_arn = aws_kinesis_stream.events.arn
}

resource "aws_connect_instance" "centre" {
  instance_alias = "centre"
}

resource "aws_connect_instance_storage_config" "calls" {
  instance_id   = aws_connect_instance.centre.id
  resource_type = "CALL_RECORDINGS"

  storage_config {
    storage_type = "S3"

    s3_config {
      bucket_name = aws_s3_bucket.store.id
    }
  }
}

resource "aws_cloudfront_realtime_log_config" "live" {
  name = "live"

  endpoint {
    kinesis_stream_config {
      stream_arn = aws_kinesis_stream.events.arn
    }
  }
}

resource "aws_backup_report_plan" "weekly" {
  name = "weekly"

  report_delivery_channel {
    s3_bucket_name = aws_s3_bucket.store.id
  }
}

resource "aws_dms_s3_endpoint" "lake" {
  endpoint_id = "lake"
  bucket_name = aws_s3_bucket.store.id
}

resource "aws_docdb_cluster" "docs" {
  cluster_identifier = "docs"
}

resource "aws_docdb_cluster_instance" "one" {
  cluster_identifier = aws_docdb_cluster.docs.id
}

resource "aws_ecs_task_definition" "reader" {
  family                = "reader"
  task_role_arn         = "arn:aws:iam::111122223333:role/reader"
  container_definitions = jsonencode([{ name = "r", environment = [{ name = "HOST", value = aws_docdb_cluster_instance.one.endpoint }] }])
}

resource "aws_quicksight_data_source" "sales" {
  name = "sales"

  parameters {
    athena {
      work_group = aws_athena_workgroup.adhoc.name
    }
  }
}

resource "aws_athena_workgroup" "adhoc" {
  name = "adhoc"
}
