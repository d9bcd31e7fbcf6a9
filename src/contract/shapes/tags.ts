export const tags = {
  Tag: { 'key*': 'string TagKey', value: 'string TagValue' },
  ResourceTag: { resourceArn: 'string', tags: '[Tag] TagList' },
  TagResourceRequest: { 'resourceArn*': 'string', 'tags*': '[Tag] TagList' },
  TagResourceResponse: {},
  DescribeTagsRequest: { 'resourceArns*': '[string]' },
  DescribeTagsResponse: { resourceTags: '[ResourceTag]' },
  UntagResourceRequest: { 'resourceArn*': 'string', 'tagKeys*': '[string TagKey]' },
  UntagResourceResponse: {},
} as const
