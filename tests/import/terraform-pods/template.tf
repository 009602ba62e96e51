resource "aws_eks_cluster" "c" {
  name = "c"
  role_arn = aws_iam_role.c.arn
}
resource "aws_iam_role" "c" {}
resource "aws_eks_pod_identity_association" "p" {
  cluster_name = aws_eks_cluster.c.name
  role_arn = aws_iam_role.pod.arn
  namespace = "n"
  service_account = "s"
}
resource "aws_iam_role" "pod" {}
resource "aws_iam_role_policy" "pp" {
  role = aws_iam_role.pod.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*" }] })
}
resource "aws_s3_bucket" "b" {}
