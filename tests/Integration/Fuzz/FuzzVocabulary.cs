namespace CasStore.Tests.Integration.Fuzz;

/// <summary>The words that fuzzed requests are made of.</summary>
internal static class FuzzVocabulary
{
    public static readonly string[] Methods =
        ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "FOO"];

    public static readonly string[] SubResources =
    [
        "accelerate", "acl", "abac", "analytics", "annotation", "attributes", "cors", "delete", "encryption",
        "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "list-type", "location", "logging",
        "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable", "metadataTable", "metrics",
        "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus",
        "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention", "select",
        "session", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
        "append",
    ];

    public static readonly string[] Parameters =
    [
        "prefix", "delimiter", "marker", "max-keys", "start-after", "continuation-token", "encoding-type",
        "fetch-owner", "key-marker", "upload-id-marker", "max-uploads", "max-parts", "part-number-marker",
        "max-buckets", "response-content-type", "response-expires", "response-cache-control", "x-id",
        "X-Amz-Algorithm", "X-Amz-Expires", "AWSAccessKeyId", "Signature", "", "%00", "x",
    ];

    public static readonly (string Method, string Target)[] Operations =
    [
        ("GET", "/"), ("HEAD", "/BUCKET"), ("PUT", "/BUCKET"), ("GET", "/BUCKET?location"),
        ("GET", "/BUCKET?versioning"), ("POST", "/BUCKET?delete"), ("GET", "/BUCKET?uploads&prefix=VALUE"),
        ("GET", "/BUCKET?uploads&max-uploads=VALUE"), ("GET", "/BUCKET?uploads&key-marker=VALUE"),
        ("GET", "/BUCKET?list-type=2&prefix=VALUE"), ("GET", "/BUCKET?list-type=2&delimiter=VALUE"),
        ("GET", "/BUCKET?list-type=2&continuation-token=VALUE"), ("GET", "/BUCKET?list-type=2&start-after=VALUE"),
        ("GET", "/BUCKET?max-keys=VALUE"), ("GET", "/BUCKET?marker=VALUE&encoding-type=url"),
        ("GET", "/BUCKET/key"), ("GET", "/BUCKET/large"), ("GET", "/BUCKET/KEY"), ("HEAD", "/BUCKET/KEY"),
        ("GET", "/BUCKET/key?partNumber=VALUE"), ("GET", "/BUCKET/key?versionId=VALUE"),
        ("GET", "/BUCKET/key?attributes"), ("GET", "/BUCKET/key?response-content-type=VALUE"),
        ("PUT", "/BUCKET/KEY"), ("PUT", "/BUCKET/KEY"), ("DELETE", "/BUCKET/KEY"), ("POST", "/BUCKET/KEY?uploads"),
        ("PUT", "/BUCKET/key?partNumber=2&uploadId=UPLOAD"), ("PUT", "/BUCKET/key?partNumber=VALUE&uploadId=UPLOAD"),
        ("GET", "/BUCKET/key?uploadId=UPLOAD&max-parts=VALUE"), ("POST", "/BUCKET/key?uploadId=UPLOAD"),
        ("GET", "/BUCKET/key?uploadId=VALUE"), ("POST", "/BUCKET/key?uploadId=VALUE"),
    ];

    /// <summary>Headers that any operation on an object takes, or passes over.</summary>
    public static readonly string[] ObjectHeaders =
    [
        "Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Content-MD5",
        "Content-Type", "Content-Encoding", "Cache-Control", "Content-Disposition", "Expires", "Accept",
        "x-amz-meta-a", "x-amz-storage-class", "x-amz-checksum-mode", "x-amz-checksum-algorithm",
        "x-amz-checksum-crc32", "x-amz-object-attributes", "x-amz-max-parts", "x-amz-part-number-marker",
    ];

    public static readonly string[] Headers =
    [
        "Expect", "Accept-Encoding", "Origin", "Referer", "Cookie", "TE", "Upgrade", "Connection", "Date",
        "x-amz-acl", "x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type", "x-amz-checksum-crc32",
        "x-amz-checksum-crc64nvme", "x-amz-checksum-sha512", "x-amz-checksum-xxhash128", "x-amz-checksum-foo",
        "x-amz-sdk-checksum-algorithm", "x-amz-trailer", "x-amz-decoded-content-length", "x-amz-copy-source",
        "x-amz-copy-source-range", "x-amz-copy-source-if-match", "x-amz-copy-source-if-modified-since",
        "x-amz-metadata-directive", "x-amz-tagging", "x-amz-tagging-directive", "x-amz-storage-class",
        "x-amz-website-redirect-location", "x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner",
        "x-amz-object-attributes", "x-amz-max-parts", "x-amz-part-number-marker", "x-amz-mp-object-size",
        "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold",
        "x-amz-bypass-governance-retention", "x-amz-bucket-object-lock-enabled", "x-amz-object-ownership",
        "x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-algorithm", "x-amz-grant-read",
        "x-amz-request-payer", "x-amz-security-token", "x-amz-mfa", "x-amz-meta-a", "x-amz-meta-", "x-amz-meta-b",
        "Access-Control-Request-Method", "Access-Control-Request-Headers",
    ];

    /// <summary>Values for headers, parameters and texts; some are right somewhere.</summary>
    public static readonly string[] Values =
    [
        "", " ", "0", "1", "-1", "+1", "2", "1000", "10000", "10001", "2147483647", "2147483648",
        "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1.5", "1e3", "0x10", "NaN", "*",
        "true", "false", "null", "none", "url", "ENABLED", "COPY", "REPLACE", "FULL_OBJECT", "COMPOSITE", "CRC32",
        "SHA256", "XXHASH3", "STANDARD", "GLACIER", "private", "public-read", "bytes=0-", "bytes=-1", "bytes=0-0",
        "bytes=5-2", "bytes=0-1,3-4", "bytes=9223372036854775807-", "0-1", "100-continue", "y/Q5Jg==", "AAAAAA==-3",
        "rosUhgp5mIg=", "====", "not base64", "\"d41d8cd98f00b204e9800998ecf8427e\"", "W/\"x\"", "\"", "a,b,,c",
        "Sat, 21 Nov 2026 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31T23:59:59Z",
        "20260101T000000Z", "ETag,ObjectParts,Checksum", "ETag, ObjectSize", "x-amz-checksum-crc32", "aws-chunked",
        "gzip", "application/xml", "/%2e%2e/", "%", "%zz", "%00", "%ff", "%C3%A9", "%F0%9F%98%80", "a%20b", "a+b",
        "../../etc/passwd", "é", "😀", "\u0001", "\u007f", "a\tb", "\u00a0", "a&b=c", "<a>", "';--", "/", "//", "-",
    ];

    public static readonly string[] Keys =
    [
        "key", "key", "key", "large", "a/b", "a//b", "a/", "/", "..", "../x", "./y", "%2e%2e/z", "%2F", "%00", "a%00b",
        "%c0%ae", "%ff", "%ED%A0%80", "%EF%BF%BF", "%", "%2", "%zz", "a+b", "a%20b", "%C3%A9", "%F0%9F%98%80", "%01",
        "%0d%0aX:y", "~!$&'()*,;=:@", "{}|\\^`\"<>", "a#b", "-/x",
    ];

    public static readonly string[] Elements =
    [
        "Delete", "Object", "Key", "VersionId", "Quiet", "ETag", "Size", "LastModifiedTime",
        "CompleteMultipartUpload", "Part", "PartNumber", "ChecksumCRC32", "ChecksumSHA256", "ChecksumXXHASH64",
        "CreateBucketConfiguration", "LocationConstraint", "Location", "Bucket", "Tags", "Tag", "Value", "Tagging",
        "TagSet", "VersioningConfiguration", "Status", "MfaDelete", "AccessControlPolicy", "Owner", "ID",
        "AccessControlList", "Grant", "Grantee", "Permission", "CORSConfiguration", "CORSRule", "AllowedOrigin",
        "AllowedMethod", "LifecycleConfiguration", "Rule", "Filter", "Prefix", "Expiration", "Days", "Date",
        "ObjectLockConfiguration", "Retention", "Mode", "RetainUntilDate", "LegalHold", "WebsiteConfiguration",
        "IndexDocument", "Suffix", "PublicAccessBlockConfiguration", "BlockPublicAcls", "OwnershipControls", "Foo",
    ];

    public static readonly string[] Roots =
    [
        "Delete", "CompleteMultipartUpload", "CreateBucketConfiguration", "Tagging", "VersioningConfiguration",
        "AccessControlPolicy", "CORSConfiguration", "LifecycleConfiguration", "ObjectLockConfiguration", "Retention",
        "LegalHold", "WebsiteConfiguration", "PublicAccessBlockConfiguration", "OwnershipControls", "Foo",
    ];
}
