/** Every error that the studio's server answers with. A request may say more exactly what to do. */
export const studioErrors = {
  badRequest: {
    status: 422,
    code: 'invalid_input',
    title: 'This has a value that cannot be taken.',
    cure: 'Correct it, then try again.',
  },
  notOpen: {
    status: 401,
    code: 'unauthorized',
    title: 'The studio is not open in this browser.',
    cure: 'Run `npm run studio:link` in a terminal where the studio runs, and open the address that it prints.',
  },
  wrongPassword: {
    status: 401,
    code: 'unauthorized',
    title: 'This is not the password.',
    cure: 'The operator set it as STUDIO_PASSWORD.',
  },
  tooManyGuesses: {
    status: 429,
    code: 'rate_limited',
    title: 'Too many wrong passwords were tried.',
    cure: 'Wait a minute, then try again.',
  },
  forbidden: {
    status: 403,
    code: 'forbidden',
    title: 'This request did not come from the studio’s own pages.',
    cure: 'Open the studio at its own address.',
  },
  notFound: {
    status: 404,
    code: 'not_found',
    title: 'There is nothing here.',
    cure: 'Load the studio again.',
  },
  noSuchProject: {
    status: 404,
    code: 'not_found',
    title: 'There is no such project.',
    cure: 'Go back to the list of projects; somebody may have deleted it.',
  },
  noSuchVersion: {
    status: 404,
    code: 'not_found',
    title: 'There is no such version.',
    cure: 'Choose one from the list of versions.',
  },
  conflict: {
    status: 409,
    code: 'conflict',
    title: 'Somebody else changed this project meanwhile.',
    cure: 'Take their version, or keep yours on top of it.',
  },
  changedMeanwhile: {
    status: 409,
    code: 'changed_meanwhile',
    title: 'Somebody else changed this project after it was checked.',
    cure: 'Load the studio again, then publish what is there now.',
  },
  openProblems: {
    status: 409,
    code: 'open_problems',
    title: 'Nothing was published: visitors would meet a problem.',
    cure: 'Correct it, or tick “Publish anyway” at each problem.',
  },
  tooLarge: {
    status: 413,
    code: 'too_large',
    title: 'This is more than the studio takes.',
    cure: 'Make it smaller than 4 MB.',
  },
  failed: {
    status: 500,
    code: 'failed',
    title: 'The studio’s server could not do this.',
    cure: 'Try again; the operator finds why in its log.',
  },
  notPublished: {
    status: 500,
    code: 'not_published',
    title: 'The version could not be written; visitors still see the one before.',
    cure: 'Try again; if it happens every time, the operator checks the room on the studio’s disk.',
  },
  notDeleted: {
    status: 502,
    code: 'not_deleted',
    title: 'The project was not deleted: its saved credentials could not be deleted with it.',
    cure: 'Try again; the operator checks that the backend proxy runs.',
  },
} as const

export type StudioErrorName = keyof typeof studioErrors
