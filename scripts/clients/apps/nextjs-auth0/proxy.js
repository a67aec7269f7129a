import { NextResponse } from 'next/server'
import { auth0 } from './lib/auth0.mjs'

/** The paths that every checked application has, as those of the SDK. */
const paths = { '/login': '/auth/login', '/logout': '/auth/logout' }

export async function proxy(request) {
  const path = paths[new URL(request.url).pathname]
  return path ? NextResponse.redirect(new URL(path, request.url)) : await auth0.middleware(request)
}

export const config = { matcher: ['/((?!_next/).*)'] }
