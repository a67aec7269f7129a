/** The words of the pages a visitor meets on the way in, in the languages `ui_locales` may ask for. */
export interface Texts {
  welcome: string
  loginTo(tenant: string, application: string): string
  email: string
  password: string
  show: string
  hide: string
  continue: string
  continueWith(connection: string): string
  or: string
  forgot: string
  noAccount: string
  signUp: string
  hasAccount: string
  login: string
  createAccount: string
  signUpFor(tenant: string, application: string): string
  passwordRule: string
  wrongCredentials: string
  tooManyAttempts: string
  emailNeeded: string
  passwordNeeded: string
  passwordTooWeak: string
  accountExists: string
  signupRefused: string
}

const en: Texts = {
  welcome: 'Welcome',
  loginTo: (tenant, application) => `Log in to ${tenant} to continue to ${application}.`,
  email: 'Email address',
  password: 'Password',
  show: 'Show password',
  hide: 'Hide password',
  continue: 'Continue',
  continueWith: (connection) => `Continue with ${connection}`,
  or: 'or',
  forgot: 'Forgot password?',
  noAccount: "Don't have an account?",
  signUp: 'Sign up',
  hasAccount: 'Already have an account?',
  login: 'Log in',
  createAccount: 'Create your account',
  signUpFor: (tenant, application) => `Sign up to ${tenant} to continue to ${application}.`,
  passwordRule: 'At least 8 characters.',
  wrongCredentials: 'Wrong email or password',
  tooManyAttempts: 'Your account has been blocked after multiple consecutive login attempts.',
  emailNeeded: 'Enter an email address.',
  passwordNeeded: 'Enter your password.',
  passwordTooWeak: 'Use at least 8 characters.',
  accountExists: 'An account with this email already exists. Log in instead.',
  signupRefused: 'You cannot sign up here. Ask the owner of this site.',
}

const fr: Texts = {
  welcome: 'Bienvenue',
  loginTo: (tenant, application) => `Connectez-vous à ${tenant} pour continuer vers ${application}.`,
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  show: 'Afficher le mot de passe',
  hide: 'Masquer le mot de passe',
  continue: 'Continuer',
  continueWith: (connection) => `Continuer avec ${connection}`,
  or: 'ou',
  forgot: 'Mot de passe oublié ?',
  noAccount: "Vous n'avez pas de compte ?",
  signUp: "S'inscrire",
  hasAccount: 'Vous avez déjà un compte ?',
  login: 'Se connecter',
  createAccount: 'Créez votre compte',
  signUpFor: (tenant, application) => `Inscrivez-vous à ${tenant} pour continuer vers ${application}.`,
  passwordRule: 'Au moins 8 caractères.',
  wrongCredentials: 'E-mail ou mot de passe incorrect',
  tooManyAttempts: 'Votre compte a été bloqué après plusieurs tentatives de connexion consécutives.',
  emailNeeded: 'Saisissez une adresse e-mail.',
  passwordNeeded: 'Saisissez votre mot de passe.',
  passwordTooWeak: 'Utilisez au moins 8 caractères.',
  accountExists: 'Un compte existe déjà avec cet e-mail. Connectez-vous.',
  signupRefused: 'Inscription impossible. Adressez-vous au propriétaire du site.',
}

const de: Texts = {
  welcome: 'Willkommen',
  loginTo: (tenant, application) => `Bei ${tenant} anmelden, um mit ${application} fortzufahren.`,
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  show: 'Passwort anzeigen',
  hide: 'Passwort verbergen',
  continue: 'Weiter',
  continueWith: (connection) => `Weiter mit ${connection}`,
  or: 'oder',
  forgot: 'Passwort vergessen?',
  noAccount: 'Noch kein Konto?',
  signUp: 'Registrieren',
  hasAccount: 'Bereits ein Konto?',
  login: 'Anmelden',
  createAccount: 'Konto erstellen',
  signUpFor: (tenant, application) => `Bei ${tenant} registrieren, um mit ${application} fortzufahren.`,
  passwordRule: 'Mindestens 8 Zeichen.',
  wrongCredentials: 'E-Mail oder Passwort falsch',
  tooManyAttempts: 'Ihr Konto wurde nach mehreren aufeinanderfolgenden Anmeldeversuchen gesperrt.',
  emailNeeded: 'Gib eine E-Mail-Adresse ein.',
  passwordNeeded: 'Gib dein Passwort ein.',
  passwordTooWeak: 'Verwende mindestens 8 Zeichen.',
  accountExists: 'Mit dieser E-Mail gibt es schon ein Konto. Melde dich an.',
  signupRefused: 'Die Anmeldung ist nicht möglich. Wende dich an die Betreiber der Seite.',
}

const languages = { en, fr, de }
export type Language = keyof typeof languages

/** The first language of `ui_locales` that the pages speak; English otherwise. */
export function chooseLanguage(uiLocales = ''): Language {
  const wanted = uiLocales.split(' ').map((locale) => locale.toLowerCase().split('-')[0])
  return wanted.find((code): code is Language => code !== undefined && code in languages) ?? 'en'
}

export function textsIn(language: Language): Texts {
  return languages[language]
}
