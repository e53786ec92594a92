#!/usr/bin/env python3
"""Writes src/lib/sandbox/constraints.json from the service models of the installed botocore.

    python3 scripts/extract-constraints.py

The schemas inside the AWS SDK for JavaScript lack patterns, lengths, ranges and enums; botocore's models
(github.com/boto/botocore, Apache License 2.0) have them. Only what a request of a served operation can reach is kept.
For development: neither the program nor its tests need Python.
"""
import json
import pathlib
import re

import botocore
import botocore.session

# Every operation that reads.
READS = ('List', 'Get')
# Service -> operations whose input is constrained; None: all; READS: those whose names begin so.
SERVED = {
    'account': None,
    'bedrock': None,
    'ec2': [
        'DescribeAvailabilityZones', 'DescribeInternetGateways', 'DescribeManagedPrefixLists', 'DescribeNatGateways',
        'DescribeNetworkAcls', 'DescribeNetworkInterfaces', 'DescribePrefixLists', 'DescribeRegions',
        'DescribeRouteTables', 'DescribeSecurityGroupRules', 'DescribeSecurityGroups', 'DescribeSubnets',
        'DescribeVpcAttribute', 'DescribeVpcEndpointServices', 'DescribeVpcEndpoints', 'DescribeVpcs',
        'GetManagedPrefixListEntries',
    ],
    'iam': [
        'GenerateServiceLastAccessedDetails', 'GetAccessKeyLastUsed', 'GetAccountAuthorizationDetails', 'GetGroup',
        'GetGroupPolicy', 'GetLoginProfile', 'GetPolicy', 'GetPolicyVersion', 'GetRole', 'GetRolePolicy',
        'GetServiceLastAccessedDetails', 'GetUser', 'GetUserPolicy', 'ListAccessKeys', 'ListAccountAliases',
        'ListAttachedGroupPolicies', 'ListAttachedRolePolicies', 'ListAttachedUserPolicies', 'ListEntitiesForPolicy',
        'ListGroupPolicies', 'ListGroups', 'ListGroupsForUser', 'ListMFADevices', 'ListPolicies', 'ListPolicyVersions',
        'ListRolePolicies', 'ListRoles', 'ListServiceSpecificCredentials', 'ListUserPolicies', 'ListUsers',
    ],
    'organizations': [
        'DescribeAccount', 'DescribeEffectivePolicy', 'DescribeOrganizationalUnit', 'DescribePolicy', 'ListAccounts',
        'ListAccountsForParent', 'ListChildren', 'ListDelegatedAdministrators', 'ListOrganizationalUnitsForParent',
        'ListParents', 'ListPolicies', 'ListPoliciesForTarget', 'ListRoots', 'ListTargetsForPolicy',
    ],
    'pricing': None,
    'route53': ['GetHostedZone', 'ListHostedZones', 'ListHostedZonesByVPC', 'ListResourceRecordSets'],
    'service-quotas': None,
    'sts': None,
    'bedrock-agent': READS,
    'bedrock-runtime': [
        'ApplyGuardrail', 'Converse', 'ConverseStream', 'CountTokens', 'InvokeModel', 'InvokeModelWithResponseStream',
    ],
    'bedrock-agentcore-control': READS,
    'sagemaker': ['DescribeTrainingJob'],
    's3': [
        'ListBuckets', 'HeadBucket', 'GetBucketLocation', 'GetBucketPolicy', 'GetBucketPolicyStatus',
        'GetPublicAccessBlock', 'GetBucketEncryption', 'GetBucketVersioning', 'GetBucketOwnershipControls',
        'GetBucketAcl', 'GetBucketLogging', 'GetBucketLifecycleConfiguration', 'GetBucketTagging',
    ],
    'kms': [
        'ListKeys', 'ListAliases', 'DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListKeyPolicies',
        'ListResourceTags',
    ],
    'logs': [
        'DescribeLogGroups', 'DescribeResourcePolicies', 'GetDataProtectionPolicy', 'ListTagsForResource',
        'DescribeMetricFilters',
    ],
    'cloudtrail': [
        'DescribeTrails', 'ListTrails', 'GetTrail', 'GetTrailStatus', 'GetEventSelectors',
        'GetInsightSelectors', 'ListEventDataStores', 'GetEventDataStore', 'LookupEvents',
    ],
    'cloudwatch': [
        'ListMetrics', 'GetMetricData', 'GetMetricStatistics', 'DescribeAlarms', 'DescribeAlarmsForMetric',
        'DescribeAlarmHistory',
    ],
    'budgets': [
        'DescribeBudgets', 'DescribeBudget', 'DescribeNotificationsForBudget',
        'DescribeBudgetNotificationsForAccount', 'DescribeSubscribersForNotification',
        'DescribeBudgetActionsForAccount', 'DescribeBudgetActionsForBudget',
    ],
    'ce': [
        'GetAnomalyMonitors', 'GetAnomalySubscriptions', 'ListCostAllocationTags', 'GetCostAndUsage',
        'GetDimensionValues', 'GetTags', 'GetCostForecast',
    ],
}
# Patterns that refuse what the service takes: the ARN of a custom prompt router, and `/d` where a digit is meant.
MISTAKEN = {
    ('bedrock', 'GetPromptRouterRequest', 'promptRouterArn'),
    ('bedrock-agent', 'ListTagsForResourceRequest', 'resourceArn'),
}
# What the service refuses in words of its own.
WORDED = {
    ('bedrock-runtime', name, 'modelId')
    for name in ('ConverseRequest', 'ConverseStreamRequest', 'InvokeModelRequest', 'InvokeModelWithResponseStreamRequest')
}
TARGET = pathlib.Path(__file__).parent.parent / 'src/lib/sandbox/constraints.json'
JAVA_CLASSES = {
    'Alpha': 'A-Za-z', 'Alnum': 'A-Za-z0-9', 'Digit': '0-9', 'Lower': 'a-z', 'Upper': 'A-Z',
    'Print': r'\x20-\x7E', 'Graph': r'\x21-\x7E', 'ASCII': r'\x00-\x7F',
}


def javascript(pattern):
    """A Java pattern as JavaScript reads it; the program adds the `u` flag where \\p{..} stays."""
    pattern = re.sub(r'\\p\{(' + '|'.join(JAVA_CLASSES) + r')\}', lambda match: JAVA_CLASSES[match[1]], pattern)
    pattern = re.sub(r'\\p\{Is(\w+)\}', r'\\p{\1}', pattern)
    # A hyphen after a class is itself; small and capital letters cannot be made one in the middle of a pattern.
    return re.sub(r'(\\p\{\w+\})-', r'\1\\-', pattern).replace('(?i)', '')


def constraint(shape, depth=0):
    """What a value of this shape must satisfy; structures inside are constrained by their own name."""
    result = {}
    kind = shape.type_name
    for bound in ('min', 'max'):
        if shape.metadata.get(bound) is not None:
            result[bound] = shape.metadata[bound]
    if kind == 'string':
        if shape.metadata.get('pattern'):
            result['pattern'] = javascript(shape.metadata['pattern'])
        if getattr(shape, 'enum', None):
            result['enum'] = list(shape.enum)
    if depth < 4 and kind == 'list':
        add(result, 'item', shape.member, depth)
    if depth < 4 and kind == 'map':
        add(result, 'key', shape.key, depth)
        add(result, 'value', shape.value, depth)
    return result


def add(result, name, shape, depth):
    inner = constraint(shape, depth + 1)
    if inner and shape.type_name != 'structure':
        result[name] = inner


def structures(shape, found):
    """Every structure that a value of this shape can hold."""
    kind = shape.type_name
    if kind == 'list':
        structures(shape.member, found)
    elif kind == 'map':
        structures(shape.value, found)
    elif kind == 'structure' and shape.name not in found:
        found[shape.name] = shape
        for member in shape.members.values():
            structures(member, found)


def operations_of(model, served):
    if served is READS:
        return [name for name in model.operation_names if name.startswith(READS)]
    return served or model.operation_names


def extract(service, model, served):
    found = {}
    for name in operations_of(model, served):
        shape = model.operation_model(name).input_shape
        if shape is not None:
            structures(shape, found)
    table = {}
    for name, shape in sorted(found.items()):
        members = {
            member: constraint(inner)
            for member, inner in sorted(shape.members.items())
            if (service, name, member) not in MISTAKEN | WORDED
        }
        members = {member: rules for member, rules in members.items() if rules}
        if members:
            table[name] = members
    operations = {}
    for name in sorted(model.operation_names):
        if model.operation_model(name).deprecated:
            continue
        http = model.operation_model(name).http
        operations[name] = f"{http['method']} {http['requestUri']}"
    return {'operations': operations, 'structures': table}


def main():
    session = botocore.session.get_session()
    services = {name: extract(name, session.get_service_model(name), served) for name, served in sorted(SERVED.items())}
    source = f'Service models of botocore {botocore.__version__} (Amazon.com, Inc.), Apache License 2.0, reduced.'
    TARGET.write_text(json.dumps({'source': source, 'services': services}, indent=0, ensure_ascii=True) + '\n')
    for name, table in services.items():
        print(f"{name}: {len(table['operations'])} operations, {len(table['structures'])} constrained structures")


main()
