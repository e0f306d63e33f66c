"""Flows of a client written with boto3.

Run as: flows.py ENDPOINT ACCESS_KEY SECRET_KEY OTHER_ACCESS_KEY OTHER_SECRET_KEY OTHER_USER_ID FLOW. A flow that this
version of boto3 has no parameters for ends where it finds that out.
"""

import datetime
import json
import sys
import urllib.error
import urllib.request
import uuid

import boto3
from botocore import UNSIGNED
from botocore.client import Config
from botocore.exceptions import ClientError, ParamValidationError

endpoint, access_key, secret_key, other_access_key, other_secret_key, other_id, chosen = sys.argv[1:8]


def client(key=None, secret=None):
    config = Config(
        signature_version="s3v4" if key else UNSIGNED, s3={"addressing_style": "path"}, retries={"max_attempts": 1})
    return boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1",
        config=config)


s3, other, anyone = client(access_key, secret_key), client(other_access_key, other_secret_key), client()


def bucket(**arguments):
    name = "boto-" + uuid.uuid4().hex[:20]
    s3.create_bucket(Bucket=name, **arguments)
    return name


def versioned():
    name = bucket()
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


def fails(status, code, call, **arguments):
    try:
        answer = call(**arguments)
    except ClientError as error:
        got = (error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"])
        assert got == (status, code), f"wanted {(status, code)}, got {got}"
        return error.response["ResponseMetadata"]["HTTPHeaders"]
    raise AssertionError(f"wanted {(status, code)}, got {answer}")


def equal(got, wanted):
    assert got == wanted, f"wanted {wanted}, got {got}"


def flow_versions():
    name = bucket()
    s3.put_object(Bucket=name, Key="k", Body=b"0")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=name, Key="k", Body=b"1")["VersionId"]
    second = s3.put_object(Bucket=name, Key="k", Body=b"2")["VersionId"]
    equal(s3.get_object(Bucket=name, Key="k", VersionId="null")["Body"].read(), b"0")
    marker = s3.delete_object(Bucket=name, Key="k")
    equal(marker["DeleteMarker"], True)
    equal(fails(404, "NoSuchKey", s3.get_object, Bucket=name, Key="k")["x-amz-delete-marker"], "true")
    fails(405, "MethodNotAllowed", s3.get_object, Bucket=name, Key="k", VersionId=marker["VersionId"])
    listed = s3.list_object_versions(Bucket=name)
    equal([v["VersionId"] for v in listed["Versions"]], [second, first, "null"])
    s3.delete_object(Bucket=name, Key="k", VersionId=marker["VersionId"])
    equal(s3.get_object(Bucket=name, Key="k")["VersionId"], second)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=name, Key="k", Body=b"3")
    listed = s3.list_object_versions(Bucket=name)
    equal([v["VersionId"] for v in listed["Versions"]], ["null", second, first])
    gone = s3.delete_objects(
        Bucket=name, Delete={"Objects": [{"Key": "k", "VersionId": v} for v in (first, second, "null")]})
    equal(len(gone["Deleted"]), 3)
    s3.delete_bucket(Bucket=name)


def flow_pages_of_versions():
    name, wanted = versioned(), []
    for key in ("a", "b/1", "b/2", "c"):
        made = [s3.put_object(Bucket=name, Key=key, Body=b"%d" % i)["VersionId"] for i in range(3)]
        wanted += [(key, version) for version in reversed(made)]
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=name, PaginationConfig={"PageSize": 2})
    equal([(v["Key"], v["VersionId"]) for page in pages for v in page.get("Versions", [])], wanted)
    equal(s3.list_object_versions(Bucket=name, Delimiter="/")["CommonPrefixes"], [{"Prefix": "b/"}])


def flow_copies_of_versions():
    name = versioned()
    old = s3.put_object(Bucket=name, Key="k", Body=b"old", Metadata={"a": "b"}, Tagging="x=y")["VersionId"]
    s3.put_object(Bucket=name, Key="k", Body=b"new")
    copied = s3.copy_object(Bucket=name, Key="k", CopySource={"Bucket": name, "Key": "k", "VersionId": old})
    equal(copied["CopySourceVersionId"], old)
    back = s3.get_object(Bucket=name, Key="k")
    equal((back["Body"].read(), back["Metadata"], back["TagCount"]), (b"old", {"a": "b"}, 1))
    fails(400, "InvalidRequest", s3.copy_object, Bucket=name, Key="k", CopySource={"Bucket": name, "Key": "k"})


def flow_conditional_deletes():
    name = bucket()
    etag = s3.put_object(Bucket=name, Key="k", Body=b"one")["ETag"]
    fails(412, "PreconditionFailed", s3.delete_object, Bucket=name, Key="k", IfMatch='"other"')
    fails(412, "PreconditionFailed", s3.delete_object, Bucket=name, Key="k", IfMatchSize=9)
    refused = s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "k", "ETag": "other"}]})
    equal(refused["Errors"][0]["Code"], "PreconditionFailed")
    s3.delete_object(Bucket=name, Key="k", IfMatch=etag)
    fails(404, "NoSuchKey", s3.get_object, Bucket=name, Key="k")


def flow_object_tags():
    name = bucket()
    s3.put_object(Bucket=name, Key="k", Body=b"", Tagging="a=1&b=2")
    tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    equal(s3.get_object_tagging(Bucket=name, Key="k")["TagSet"], tags)
    many = {"TagSet": [{"Key": str(i), "Value": ""} for i in range(11)]}
    fails(400, "InvalidTag", s3.put_object_tagging, Bucket=name, Key="k", Tagging=many)
    s3.delete_object_tagging(Bucket=name, Key="k")
    equal(s3.get_object_tagging(Bucket=name, Key="k")["TagSet"], [])


def flow_object_lock():
    name = bucket(ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    s3.put_object_lock_configuration(
        Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule})
    version = s3.put_object(Bucket=name, Key="k", Body=b"x")["VersionId"]
    equal(s3.get_object_retention(Bucket=name, Key="k")["Retention"]["Mode"], "GOVERNANCE")
    fails(403, "AccessDenied", s3.delete_object, Bucket=name, Key="k", VersionId=version)
    s3.delete_object(Bucket=name, Key="k", VersionId=version, BypassGovernanceRetention=True)
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    version = s3.put_object(
        Bucket=name, Key="c", Body=b"x", ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=until)["VersionId"]
    fails(403, "AccessDenied", s3.delete_object, Bucket=name, Key="c", VersionId=version,
          BypassGovernanceRetention=True)
    s3.put_object(Bucket=name, Key="h", Body=b"x", ObjectLockLegalHoldStatus="ON")
    equal(s3.get_object_legal_hold(Bucket=name, Key="h")["LegalHold"], {"Status": "ON"})
    fails(409, "InvalidBucketState", s3.put_bucket_versioning, Bucket=name,
          VersioningConfiguration={"Status": "Suspended"})


def flow_multipart():
    name = versioned()
    upload = s3.create_multipart_upload(Bucket=name, Key="k", Tagging="a=b")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="k", UploadId=upload, PartNumber=1, Body=b"x" * 10)
    done = s3.complete_multipart_upload(
        Bucket=name, Key="k", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    equal(s3.head_object(Bucket=name, Key="k")["VersionId"], done["VersionId"])
    equal(s3.get_object_tagging(Bucket=name, Key="k")["TagSet"], [{"Key": "a", "Value": "b"}])
    told = s3.get_object_attributes(Bucket=name, Key="k", ObjectAttributes=["ETag", "ObjectSize", "StorageClass"])
    equal((told["ObjectSize"], told["StorageClass"]), (10, "STANDARD"))


def flow_checksums():
    name = bucket()
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        put = s3.put_object(Bucket=name, Key="k", Body=b"hello", ChecksumAlgorithm=algorithm)
        head = s3.head_object(Bucket=name, Key="k", ChecksumMode="ENABLED")
        equal(head["Checksum" + algorithm], put["Checksum" + algorithm])
    fails(400, "BadDigest", s3.put_object, Bucket=name, Key="k", Body=b"x", ChecksumSHA256="A" * 43 + "=")


def policy(name, **statement):
    both = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    whole = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": both, **statement}
    return json.dumps({"Version": "2012-10-17", "Statement": [whole]})


def flow_bucket_policies():
    name = bucket()
    s3.put_object(Bucket=name, Key="k", Body=b"x", Tagging="security=public")
    s3.put_object(Bucket=name, Key="p", Body=b"x", Tagging="security=private")
    fails(403, "AccessDenied", other.get_object, Bucket=name, Key="k")
    s3.put_bucket_policy(Bucket=name, Policy=policy(name))
    anyone.get_object(Bucket=name, Key="k")
    equal(s3.get_bucket_policy_status(Bucket=name)["PolicyStatus"]["IsPublic"], True)
    s3.put_bucket_policy(Bucket=name, Policy=policy(
        name, Action="s3:GetObject", Resource=f"arn:aws:s3:::{name}/*",
        Condition={"StringEquals": {"s3:ExistingObjectTag/security": "public"}}))
    other.get_object(Bucket=name, Key="k")
    fails(403, "AccessDenied", other.get_object, Bucket=name, Key="p")
    s3.put_bucket_policy(Bucket=name, Policy=policy(name, Effect="Deny", Action="s3:PutObject"))
    fails(403, "AccessDenied", s3.put_object, Bucket=name, Key="k", Body=b"")
    s3.delete_bucket_policy(Bucket=name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    fails(400, "MalformedPolicy", s3.put_bucket_policy, Bucket=name, Policy="{}")


def flow_access_control_lists():
    name = bucket()
    s3.put_object(Bucket=name, Key="k", Body=b"x", ACL="public-read")
    anyone.get_object(Bucket=name, Key="k")
    s3.put_object_acl(Bucket=name, Key="k", ACL="private")
    fails(403, "AccessDenied", anyone.get_object, Bucket=name, Key="k")
    s3.put_object_acl(Bucket=name, Key="k", GrantRead=f"id={other_id}")
    other.get_object(Bucket=name, Key="k")
    s3.put_bucket_acl(Bucket=name, ACL="public-read-write")
    other.put_object(Bucket=name, Key="theirs", Body=b"y")
    fails(403, "AccessDenied", s3.get_object, Bucket=name, Key="theirs")
    equal(len(s3.get_bucket_acl(Bucket=name)["Grants"]), 3)


def flow_public_access_block():
    name = bucket()
    fails(404, "NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=name)
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
    fails(403, "AccessDenied", s3.put_bucket_policy, Bucket=name, Policy=policy(name))
    fails(403, "AccessDenied", s3.put_object, Bucket=name, Key="k", ACL="public-read")


def flow_cross_origin_requests():
    name = bucket()
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [
        {"AllowedMethods": ["GET"], "AllowedOrigins": ["http://*.example"], "MaxAgeSeconds": 5}]})
    headers = {"Origin": "http://a.example", "Access-Control-Request-Method": "GET"}
    request = urllib.request.Request(f"{endpoint}/{name}/k", headers=headers, method="OPTIONS")
    with urllib.request.urlopen(request) as answer:
        equal(answer.headers["Access-Control-Allow-Origin"], "http://a.example")


def flow_lifecycle():
    name = bucket()
    older = {"NoncurrentDays": 2}
    rules = [
        {"ID": "1", "Expiration": {"Days": 1}, "Filter": {"Prefix": "a/"}, "Status": "Enabled"},
        {"ID": "2", "NoncurrentVersionExpiration": older, "Filter": {"Prefix": ""}, "Status": "Disabled"}]
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
    equal([rule["ID"] for rule in s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]], ["1", "2"])
    s3.delete_bucket_lifecycle(Bucket=name)
    fails(404, "NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=name)


def flow_form_uploads():
    name = bucket()
    post = s3.generate_presigned_post(
        name, "form-${filename}", Fields={"success_action_status": "201"},
        Conditions=[{"success_action_status": "201"}, ["content-length-range", 0, 100]])
    equal(send_form(post, b"hello"), 201)
    equal(s3.get_object(Bucket=name, Key="form-file.txt")["Body"].read(), b"hello")
    equal(send_form(post, b"x" * 101), 400)


def send_form(post, content):
    mark = uuid.uuid4().hex
    form = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in post["fields"].items())
    form += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="file.txt"\r\n\r\n'
    body = form.encode() + content + f"\r\n--{mark}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(post["url"], data=body, headers=headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


try:
    globals()["flow_" + chosen]()
except ParamValidationError as unknown:
    print(f"this version of boto3 does not know: {unknown}")
