import { defineCheck, inApplication } from '../check.ts'

export const signingAlgorithm = defineCheck({
  code: 'signing-algorithm',
  title: 'Tokens are signed with RS256',
  needs: ['application'],
  find: ({ application }) => {
    const alg = application?.jwt_configuration?.alg ?? 'RS256'
    return alg === 'RS256'
      ? []
      : [
          {
            severity: 'error',
            title: `ID tokens are signed with ${alg}`,
            why: 'Login ends with an error: a browser can only check signatures made with a public key.',
            where: inApplication(
              application,
              'Settings',
              'Advanced Settings',
              'OAuth',
              'JSON Web Token Signature Algorithm',
            ),
            value: 'RS256',
          },
        ]
  },
})
