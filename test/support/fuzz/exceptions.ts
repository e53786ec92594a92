// What the SDK's clients do to a call on their own account, so that what the server sees is not what the caller gave.
// Each line is explained; nothing else may differ.

/** Operations that cannot be driven by random values. */
export const SKIPPED: Readonly<Record<string, string>> = {
  's3:WriteGetObjectResponse': 'goes to a host of its own, named by the request route',
  's3:SelectObjectContent': 'an event stream over XML, which the sandbox does not serve',
  's3:ListDirectoryBuckets': 'signed for s3express, a service that the sandbox does not have',
  's3:CreateSession': 'the client calls it by itself, for directory buckets',
  'bedrock-runtime:InvokeModelWithBidirectionalStream':
    'its input is an event stream, which the sandbox does not serve',
}

/** Members left out of generated inputs: the client replaces, computes or refuses them. */
export const INPUT_LEFT_OUT: Readonly<Record<string, RegExp>> = {
  // Checksums and lengths are computed; customer keys are hashed and encoded; bucket hosts need real names.
  s3: /^(Checksum(?!Algorithm|Mode).*|ContentMD5|ContentLength|ContentEncoding|Expires|.*SSECustomerKey(MD5)?)$/,
}

/** Members left out of generated outputs. */
export const OUTPUT_LEFT_OUT: Readonly<Record<string, RegExp>> = {
  // Checked against the body, or rewritten, by the client.
  s3: /^(Checksum.*|ContentLength|ContentRange|ContentEncoding|Expires|ExpiresString|StatusCode)$/,
}

/** Operations that clients send without a signature: their caller has no keys yet. */
export const UNSIGNED: Readonly<Record<string, readonly string[]>> = {
  sts: ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
}

/** Differences that are right: what the client or the transport adds, by operation and path. */
export const EXPECTED_DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  // The transport counts the bytes, and the client shows the count.
  's3:GetObject': ['out.ContentLength'],
  's3:GetObjectAnnotation': ['out.ContentLength'],
  // The client states its own Region, and presigns the call for the source Region.
  's3:CreateBucket': ['in.CreateBucketConfiguration'],
  'ec2:CopySnapshot': ['in.PresignedUrl'],
  // Counted by the transport.
  's3:PutObject': ['in.ContentLength'],
  's3:UploadPart': ['in.ContentLength'],
  // Stated by the client where the caller does not.
  'bedrock-runtime:InvokeModel': ['in.contentType'],
  'bedrock-runtime:InvokeModelWithResponseStream': ['in.contentType'],
  // Sent as the checksum that the client computed.
  's3:PutObjectAnnotation': ['in.ChecksumCRC32'],
}

/** Errors that arrive under another name: the Query code that the service kept when it changed protocols. */
export const RENAMED_ERRORS: Readonly<Record<string, string>> = {
  'cloudwatch:DashboardNotFoundError': 'ResourceNotFound',
}
