#!/usr/bin/env python3
"""Writes src/lib/sandbox/managed-policies.json: policies that AWS manages, for the sandbox's IAM.

    python3 scripts/extract-managed-policies.py

The documents are AWS's, taken from the copy in the installed moto (github.com/getmoto/moto, Apache License 2.0), which
gathers them with iam:GetAccountAuthorizationDetails. The large ones are reduced to the actions of the services that
matter here, and say so. For development: neither the program nor its tests need Python.
"""
import json
import pathlib

import moto
from moto.iam.aws_managed_policies import aws_managed_policies_data

TARGET = pathlib.Path(__file__).parent.parent / 'src/lib/sandbox/managed-policies.json'
WHOLE = [
    'AdministratorAccess',
    'AmazonBedrockFullAccess',
    'AmazonBedrockLimitedAccess',
    'AmazonBedrockMantleFullAccess',
    'AmazonBedrockMantleInferenceAccess',
    'AmazonBedrockMantleReadOnly',
    'AmazonBedrockMarketplaceAccess',
    'AmazonBedrockReadOnly',
    'BedrockAgentCoreFullAccess',
    'IAMFullAccess',
    'PowerUserAccess',
]
REDUCED = ['ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess']
SERVICES = {
    'account', 'aws-marketplace', 'bedrock', 'bedrock-agentcore', 'bedrock-mantle', 'budgets', 'ce', 'cloudtrail',
    'cloudwatch', 'ec2', 'iam', 'kms', 'logs', 'organizations', 'route53', 's3', 'servicequotas', 'sts',
}


def as_list(value):
    return value if isinstance(value, list) else [value]


def reduced(document):
    statements = []
    for statement in as_list(document['Statement']):
        actions = [action for action in as_list(statement['Action']) if action.split(':')[0] in SERVICES]
        if actions:
            statements.append({**statement, 'Action': actions})
    return {**document, 'Statement': statements}


def entry(name, policy, cut):
    return {
        'name': name,
        'path': policy['Path'],
        'version': policy['DefaultVersionId'],
        'createdOn': policy['CreateDate'][:10],
        'updatedOn': policy['UpdateDate'][:10],
        'reduced': cut,
        'document': reduced(policy['Document']) if cut else policy['Document'],
    }


def main():
    known = json.loads(aws_managed_policies_data)
    policies = [entry(name, known[name], False) for name in WHOLE] + [entry(name, known[name], True) for name in REDUCED]
    content = {
        'source': f'AWS managed policies (Amazon.com, Inc.) as copied in moto {moto.__version__}, Apache License 2.0.',
        'note': 'Each policy has the version and date of that copy; AWS may have a newer one. A reduced policy has only '
                'the actions of the services that the sandbox knows.',
        'policies': sorted(policies, key=lambda policy: policy['name']),
    }
    TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=True) + '\n')
    for policy in content['policies']:
        print(f"{policy['name']}: {policy['version']} of {policy['updatedOn']}, {len(json.dumps(policy['document']))} characters")


main()
