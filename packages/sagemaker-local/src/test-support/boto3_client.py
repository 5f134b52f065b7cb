"""Calls every operation through boto3 and prints what came of it as JSON. Usage: boto3_client.py <url>"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError

client = boto3.client(
    "sagemaker-runtime",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="secret",
    config=Config(retries={"max_attempts": 0}),
)
body = json.dumps({"inputs": "The sea", "parameters": {"max_new_tokens": 3}})
request = {"EndpointName": "llm", "ContentType": "application/json", "Body": body}
results = {}


def error_of(call):
    try:
        call()
    except ClientError as error:
        response = error.response
        return {
            "code": response["Error"]["Code"],
            "message": response["Error"].get("Message"),
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "originalStatus": response.get("OriginalStatusCode"),
            "originalMessage": response.get("OriginalMessage"),
        }
    return None


answer = client.invoke_endpoint(**request, CustomAttributes="a=b")
results["invoke"] = {
    "body": json.loads(answer["Body"].read()),
    "contentType": answer["ContentType"],
    "variant": answer["InvokedProductionVariant"],
}

if "SessionId" in client.meta.service_model.operation_model("InvokeEndpoint").input_shape.members:
    session = client.invoke_endpoint(**{**request, "Body": '{"requestType":"NEW_SESSION"}'}, SessionId="NEW_SESSION")
    session_id = session["NewSessionId"].split(";")[0]
    closed = client.invoke_endpoint(**{**request, "Body": '{"requestType":"CLOSE"}'}, SessionId=session_id)
    results["session"] = closed["ClosedSessionId"] == session_id

results["unknown"] = error_of(lambda: client.invoke_endpoint(**{**request, "EndpointName": "nobody"}))
results["refused"] = error_of(lambda: client.invoke_endpoint(**{**request, "Body": '{"inputs":"x","parameters":{"top_k":0}}'}))
results["throttled"] = error_of(lambda: client.invoke_endpoint(**request, CustomAttributes="local-faults=refusal:throttling"))
results["notReady"] = error_of(lambda: client.invoke_endpoint(**request, CustomAttributes="local-faults=refusal:model-not-ready"))

accepted = client.invoke_endpoint_async(EndpointName="llm", InputLocation="s3://in/put") if hasattr(client, "invoke_endpoint_async") else None
results["async"] = accepted and accepted["OutputLocation"]

if hasattr(client, "invoke_endpoint_with_response_stream"):
    streaming = {**request, "Body": json.dumps({**json.loads(body), "stream": True})}
    stream = client.invoke_endpoint_with_response_stream(**streaming)
    results["stream"] = [event["PayloadPart"]["Bytes"].decode() for event in stream["Body"]]
    broken = client.invoke_endpoint_with_response_stream(
        **streaming, CustomAttributes="local-faults=ending:model-stream-error+afterParts:1"
    )
    parts = []
    try:
        for event in broken["Body"]:
            parts.append(event["PayloadPart"]["Bytes"].decode())
    except EventStreamError as error:
        results["broken"] = {"parts": len(parts), "error": str(error)}

control = boto3.client(
    "sagemaker",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="AKIDEXAMPLE",
    aws_secret_access_key="secret",
    config=Config(retries={"max_attempts": 0}),
)
described = control.describe_endpoint(EndpointName="llm")
config = control.describe_endpoint_config(EndpointConfigName=described["EndpointConfigName"])
model = control.describe_model(ModelName=config["ProductionVariants"][0]["ModelName"])
results["control"] = {
    "endpoints": [
        endpoint["EndpointName"]
        for page in control.get_paginator("list_endpoints").paginate(PaginationConfig={"PageSize": 1})
        for endpoint in page["Endpoints"]
    ],
    "arn": described["EndpointArn"],
    "createdAt": described["CreationTime"].timestamp(),
    "image": model["PrimaryContainer"]["Image"],
    "unknown": error_of(lambda: control.describe_model(ModelName="nobody")),
}

print(json.dumps(results))
