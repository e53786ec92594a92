import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {below, formatS3Uri, parseS3Uri, readS3Uri} from '../../../src/lib/jobs/s3-uri.js'

// CreateModelInvocationJob, S3Uri (API reference): what Bedrock takes.
const OF_BEDROCK = /^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:\/[-!_*'().a-z0-9A-Z]+(?:\/[-!_*'().a-z0-9A-Z]+)*)?\/?$/

describe('an S3 URI', () => {
  test.each([
    ['s3://bucket', {bucket: 'bucket', key: ''}],
    ['s3://bucket/', {bucket: 'bucket', key: ''}],
    ['s3://my.bucket-1/a/b.jsonl', {bucket: 'my.bucket-1', key: 'a/b.jsonl'}],
    ["s3://bucket/it's_(a)*!/", {bucket: 'bucket', key: "it's_(a)*!/"}],
  ])('%s is read', (text, place) => {
    expect(parseS3Uri(text)).toEqual({place})
  })

  test.each([
    ['https://bucket/key', /does not begin with s3:/],
    ['S3://bucket/key', /does not begin with s3:/],
    ['s3://', /names no bucket/],
    ['s3:///key', /names no bucket/],
    ['s3://Bucket/key', /"Bucket" is no bucket/],
    ['s3://a..b/key', /two dots/],
    ['s3://10.0.0.1/key', /network address/],
    ['s3://bucket/a//b', /Two slashes/],
    ['s3://bucket//b', /Two slashes/],
    ['s3://bucket/a/../b', /"\.\."/],
    ['s3://bucket/./b', /another folder/],
    ['s3://bucket/a b', /Bedrock takes/],
    ['s3://bucket/a\u0000b', /control character/],
    ['s3://bucket/a%2e%2e/b', /Bedrock takes/],
    [`s3://bucket/${'k'.repeat(1025)}`, /longer than 1024/],
  ])('%j is refused', (text, why) => {
    const found = parseS3Uri(text)

    expect('problems' in found && found.problems.join('\n')).toMatch(why)
  })

  test('tells all that is wrong at once, without characters that move the cursor', () => {
    expect(() => readS3Uri('s3://Bad_Bucket/a//../\u001b[2Jb c', 'place for shards')).toThrowError(
      expect.objectContaining({
        code: 'S3_URI_INVALID',
        message: '"s3://Bad_Bucket/a//../b c" is no place for shards.',
        why: expect.stringMatching(/no bucket[\s\S]*Two slashes[\s\S]*another folder[\s\S]*control character/),
      }),
    )
  })

  test('that nobody hands to Bedrock may have any key, but no path tricks', () => {
    expect(parseS3Uri('s3://bucket/päth with space//x', 'any')).toHaveProperty('place')
    expect(parseS3Uri('s3://bucket/a/../x', 'any')).toHaveProperty('problems')
    expect(parseS3Uri('s3://bucket/a\nx', 'any')).toHaveProperty('problems')
  })

  test('that is read is one that Bedrock takes, and is written as it was', () => {
    const part = fc.stringMatching(/^[-!_*'().a-z0-9A-Z /]{0,12}$/)
    fc.assert(
      fc.property(fc.stringMatching(/^[-.a-zA-Z0-9]{2,8}$/), part, (bucket, key) => {
        const text = `s3://${bucket}/${key}`
        const found = parseS3Uri(text)

        if (!('place' in found)) return
        expect(text).toMatch(OF_BEDROCK)
        expect(formatS3Uri(found.place)).toBe(key === '' ? `s3://${bucket}` : text)
      }),
    )
  })

  test('below a prefix has one slash between', () => {
    expect(below({bucket: 'b', key: ''}, 'x')).toEqual({bucket: 'b', key: 'x'})
    expect(below({bucket: 'b', key: 'p'}, 'x')).toEqual({bucket: 'b', key: 'p/x'})
    expect(below({bucket: 'b', key: 'p/'}, 'x')).toEqual({bucket: 'b', key: 'p/x'})
  })
})
