# Pods act with the role that their service account is annotated with, by itself or in a chart's values.
module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  cluster_name = "main"
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

resource "aws_iam_role" "api" {
  name               = "api"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "api" {
  role   = aws_iam_role.api.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.jobs.arn }] })
}

resource "kubernetes_service_account" "api" {
  metadata {
    name        = "api"
    annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.api.arn }
  }
}

resource "aws_iam_role" "backup" {
  name               = "backup"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "backup" {
  role   = aws_iam_role.backup.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.files.arn}/*" }] })
}

resource "helm_release" "backup" {
  name  = "backup"
  chart = "velero"

  set {
    name  = "serviceAccount.server.annotations.eks\\.amazonaws\\.com/role-arn"
    value = aws_iam_role.backup.arn
  }

  values = [yamlencode({ replicas = 1 })]
}

module "read_files" {
  source = "terraform-aws-modules/iam/aws//modules/iam-policy"
  name   = "read-files"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.files.arn}/*" }] })
}

module "reader" {
  source           = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts-eks"
  role_name        = "reader"
  role_policy_arns = { files = module.read_files.arn }
}

resource "kubernetes_service_account_v1" "reader" {
  metadata {
    name        = "reader"
    annotations = { "eks.amazonaws.com/role-arn" = module.reader.iam_role_arn }
  }
}
