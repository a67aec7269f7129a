import { defineCheck, inApplication } from '../check.ts'

export const organizationUsage = defineCheck({
  code: 'organization-usage',
  title: 'The application allows organizations where actions use them',
  needs: ['application'],
  find({ application }, { organizations }) {
    if (!application) return []
    const usage = application.organization_usage ?? 'deny'
    const where = inApplication(application, 'Organizations')
    if (organizations.length && usage === 'deny')
      return [
        {
          severity: 'error',
          title: 'The application does not allow organizations',
          why: `Logins to ${organizations.join(', ')} end on an error page.`,
          where,
          value: 'Both',
        },
      ]
    if (
      !organizations.length &&
      usage === 'require' &&
      application.organization_require_behavior !== 'pre_login_prompt'
    )
      return [
        {
          severity: 'error',
          title: 'The application requires an organization, and none is sent',
          why: 'Logins that name no organization end with "parameter organization is required for this client".',
          where,
          value: 'Prompt for Organization',
        },
      ]
    return []
  },
})
