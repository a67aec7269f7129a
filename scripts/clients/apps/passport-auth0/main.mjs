import express from 'express'
import session from 'express-session'
import passport from 'passport'
import Auth0Strategy from 'passport-auth0'
import { expectApiToken, expectEqual } from './support/checks.mjs'
import { answer, listen, settings } from './support/node.mjs'

const { origin, tenant } = settings
const app = express()
app.use(session({ secret: 'a-secret-of-this-check', resave: false, saveUninitialized: false }))
app.use(passport.session())
passport.serializeUser((user, done) => done(null, user))
passport.deserializeUser((user, done) => done(null, user))
passport.use(
  new Auth0Strategy(
    {
      domain: tenant.domain,
      clientID: tenant.web.clientId,
      clientSecret: tenant.web.clientSecret,
      callbackURL: `${origin}/callback`,
    },
    (accessToken, refreshToken, parameters, profile, done) => done(null, { accessToken, profile }),
  ),
)

const checks = ({ accessToken, profile }) => ({
  'gets a token for an API': () => expectApiToken(accessToken),
  'reads the profile': () =>
    expectEqual(
      [profile.id, profile.displayName, profile.name.familyName],
      ['auth0|65f1b0000000000000000001', 'Ada Byron', 'Byron'],
    ),
})
const emailOf = (user) => user?.profile.emails[0].value

app.get('/', ({ user }, response) => answer(response, { user: emailOf(user) }))
app.get(
  '/login',
  passport.authenticate('auth0', { scope: 'openid profile email', audience: 'https://api.acme.example' }),
)
app.get('/callback', passport.authenticate('auth0', { failWithError: true }), (request, response) =>
  response.redirect('/'),
)
app.get('/check', ({ user }, response) => answer(response, { user: emailOf(user), checks: checks(user) }))
app.get('/logout', (request, response, next) =>
  request.logout((error) => {
    if (error) return next(error)
    const query = new URLSearchParams({ client_id: tenant.web.clientId, returnTo: origin })
    response.redirect(`${tenant.url}/v2/logout?${query}`)
  }),
)
listen(app)
