// Made by scripts/generate.ts from the definitions: do not edit.
/* wwEditor:start */
import { actionForms, isComplete, settingsPanels } from './src/components.js';
/* wwEditor:end */

export default {
    features: { auth: true },
    /* wwEditor:start */
    editor: { settings: settingsPanels },
    triggers: [
        {
            "label": "On login",
            "value": "login",
            "event": null
        },
        {
            "label": "On logout",
            "value": "logout",
            "event": null
        },
        {
            "label": "On session expired",
            "value": "session-expired",
            "event": null
        },
        {
            "label": "On login error",
            "value": "error",
            "event": null
        }
    ],
    /* wwEditor:end */
    variables: [
        {
            "name": "user",
            "value": "user",
            "type": "object",
            "defaultValue": null
        },
        {
            "name": "isAuthenticated",
            "value": "isAuthenticated",
            "type": "boolean",
            "defaultValue": false
        },
        {
            "name": "isLoading",
            "value": "isLoading",
            "type": "boolean",
            "defaultValue": false
        },
        {
            "name": "roles",
            "value": "roles",
            "type": "array",
            "defaultValue": []
        },
        {
            "name": "permissions",
            "value": "permissions",
            "type": "array",
            "defaultValue": []
        },
        {
            "name": "organization",
            "value": "organization",
            "type": "object",
            "defaultValue": null
        },
        {
            "name": "error",
            "value": "error",
            "type": "object",
            "defaultValue": null
        }
    ],
    actions: [
        {
            code: "loginWithRedirect",
            isAsync: true,
            /* wwEditor:start */
            name: "Login with Redirect",
            edit: actionForms.loginWithRedirect,
            getIsValid: (args) => isComplete('loginWithRedirect', args),
            copilot: {
                "description": "Opens Auth0’s login page instead of this one and comes back when the visitor is logged in.",
                "returns": "nothing",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "screenHint": {
                            "default": "login",
                            "type": "string",
                            "enum": [
                                "login",
                                "signup"
                            ],
                            "description": "Which page of Auth0 opens first."
                        },
                        "connection": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Goes straight to one identity provider, such as Google. Leave empty to let the visitor choose."
                        },
                        "organization": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The organization to log in to, by ID or name. Leave empty for the one in the connection, if any."
                        },
                        "loginHint": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Fills in the visitor’s e-mail address on Auth0’s page."
                        },
                        "scope": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Permissions to ask for beyond profile and e-mail, separated by spaces."
                        },
                        "target": {
                            "type": "object",
                            "properties": {
                                "pageId": {
                                    "type": "string",
                                    "minLength": 1
                                },
                                "params": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "query": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "hash": {
                                    "type": "string"
                                },
                                "language": {
                                    "type": "string"
                                }
                            },
                            "required": [
                                "pageId"
                            ],
                            "additionalProperties": false,
                            "description": "The page to come back to, a private one too. Leave empty for the page the visitor is on."
                        },
                        "invitation": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The ticket of an organization’s invitation. Leave empty to use the one in the page’s own address."
                        },
                        "prompt": {
                            "type": "string",
                            "enum": [
                                "login",
                                "select_account",
                                "consent"
                            ],
                            "description": "What Auth0 asks even though the visitor has a session there."
                        },
                        "maxAge": {
                            "type": "number",
                            "minimum": 0,
                            "description": "Asks for the credentials if the last login was longer ago than this."
                        },
                        "stepUp": {
                            "default": false,
                            "type": "boolean",
                            "description": "Requires multi-factor authentication for this login."
                        },
                        "uiLocales": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The languages to show Auth0’s page in, the best one first."
                        },
                        "audience": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The API that the access token is for. Leave empty for the one in the connection."
                        }
                    },
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "loginWithPopup",
            isAsync: true,
            /* wwEditor:start */
            name: "Login with Popup",
            edit: actionForms.loginWithPopup,
            getIsValid: (args) => isComplete('loginWithPopup', args),
            copilot: {
                "description": "Opens Auth0’s login page in a small window and goes on when the visitor is logged in.",
                "returns": "user",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "screenHint": {
                            "default": "login",
                            "type": "string",
                            "enum": [
                                "login",
                                "signup"
                            ],
                            "description": "Which page of Auth0 opens first."
                        },
                        "connection": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Goes straight to one identity provider, such as Google. Leave empty to let the visitor choose."
                        },
                        "organization": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The organization to log in to, by ID or name. Leave empty for the one in the connection, if any."
                        },
                        "loginHint": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Fills in the visitor’s e-mail address on Auth0’s page."
                        },
                        "scope": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Permissions to ask for beyond profile and e-mail, separated by spaces."
                        },
                        "target": {
                            "type": "object",
                            "properties": {
                                "pageId": {
                                    "type": "string",
                                    "minLength": 1
                                },
                                "params": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "query": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "hash": {
                                    "type": "string"
                                },
                                "language": {
                                    "type": "string"
                                }
                            },
                            "required": [
                                "pageId"
                            ],
                            "additionalProperties": false,
                            "description": "The page to show after login. Leave empty to stay on this one."
                        },
                        "invitation": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The ticket of an organization’s invitation. Leave empty to use the one in the page’s own address."
                        },
                        "prompt": {
                            "type": "string",
                            "enum": [
                                "login",
                                "select_account",
                                "consent"
                            ],
                            "description": "What Auth0 asks even though the visitor has a session there."
                        },
                        "maxAge": {
                            "type": "number",
                            "minimum": 0,
                            "description": "Asks for the credentials if the last login was longer ago than this."
                        },
                        "stepUp": {
                            "default": false,
                            "type": "boolean",
                            "description": "Requires multi-factor authentication for this login."
                        },
                        "uiLocales": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The languages to show Auth0’s page in, the best one first."
                        },
                        "audience": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The API that the access token is for. Leave empty for the one in the connection."
                        }
                    },
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "logout",
            isAsync: true,
            /* wwEditor:start */
            name: "Logout",
            edit: actionForms.logout,
            getIsValid: (args) => isComplete('logout', args),
            copilot: {
                "description": "Ends the visitor’s session, here and (by Redirect) at Auth0.",
                "returns": "nothing",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "mode": {
                            "default": "redirect",
                            "type": "string",
                            "enum": [
                                "redirect",
                                "local"
                            ],
                            "description": "Redirect also ends the session at Auth0. With Local only, the next login needs no password."
                        },
                        "target": {
                            "type": "object",
                            "properties": {
                                "pageId": {
                                    "type": "string",
                                    "minLength": 1
                                },
                                "params": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "query": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "hash": {
                                    "type": "string"
                                },
                                "language": {
                                    "type": "string"
                                }
                            },
                            "required": [
                                "pageId"
                            ],
                            "additionalProperties": false,
                            "description": "The page to land on afterwards. Leave empty for the home page."
                        },
                        "federated": {
                            "default": false,
                            "type": "boolean",
                            "description": "Also ends the session at the identity provider, such as Google (federated)."
                        }
                    },
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "getUser",
            isAsync: true,
            /* wwEditor:start */
            name: "Get user",
            edit: actionForms.getUser,
            getIsValid: (args) => isComplete('getUser', args),
            copilot: {
                "description": "Answers the visitor’s profile, or nothing when nobody is logged in.",
                "returns": "user",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {},
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "refreshUser",
            isAsync: true,
            /* wwEditor:start */
            name: "Refresh user",
            edit: actionForms.refreshUser,
            getIsValid: (args) => isComplete('refreshUser', args),
            copilot: {
                "description": "Asks the tenant for the visitor’s profile, roles and permissions again, so that a change shows at once.",
                "returns": "user",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {},
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "getAccessToken",
            isAsync: true,
            /* wwEditor:start */
            name: "Get access token",
            edit: actionForms.getAccessToken,
            getIsValid: (args) => isComplete('getAccessToken', args),
            copilot: {
                "description": "Answers a token that the visitor’s requests to an API carry, renewed when needed.",
                "returns": "text",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "audience": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The API that the token is for. Leave empty for the one of the connection."
                        },
                        "scope": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Permissions that the token must carry, separated by spaces."
                        },
                        "ignoreCache": {
                            "default": false,
                            "type": "boolean",
                            "description": "Fetches a new token even if the current one is still good."
                        }
                    },
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "askForMoreAccess",
            isAsync: true,
            /* wwEditor:start */
            name: "Ask for more access",
            edit: actionForms.askForMoreAccess,
            getIsValid: (args) => isComplete('askForMoreAccess', args),
            copilot: {
                "description": "Sends a logged-in visitor to Auth0 for a wider access token or a second factor, and comes back to the same place.",
                "returns": "nothing",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "audience": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The API that the token is for. Leave empty for the one of the connection."
                        },
                        "scope": {
                            "type": "string",
                            "minLength": 1,
                            "description": "Permissions that the token must carry, separated by spaces."
                        },
                        "stepUp": {
                            "default": false,
                            "type": "boolean",
                            "description": "Requires multi-factor authentication for this login."
                        },
                        "maxAge": {
                            "type": "number",
                            "minimum": 0,
                            "description": "Asks for the credentials if the last login was longer ago than this."
                        }
                    },
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "switchOrganization",
            isAsync: true,
            /* wwEditor:start */
            name: "Switch organization",
            edit: actionForms.switchOrganization,
            getIsValid: (args) => isComplete('switchOrganization', args),
            copilot: {
                "description": "Logs the visitor in to another organization and comes back; Auth0 asks only for what it needs.",
                "returns": "nothing",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "organization": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The organization to switch to, by ID or name."
                        },
                        "target": {
                            "type": "object",
                            "properties": {
                                "pageId": {
                                    "type": "string",
                                    "minLength": 1
                                },
                                "params": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "query": {
                                    "type": "object",
                                    "propertyNames": {
                                        "type": "string"
                                    },
                                    "additionalProperties": {
                                        "type": "string"
                                    }
                                },
                                "hash": {
                                    "type": "string"
                                },
                                "language": {
                                    "type": "string"
                                }
                            },
                            "required": [
                                "pageId"
                            ],
                            "additionalProperties": false,
                            "description": "The page to come back to. Leave empty for the page the visitor is on."
                        }
                    },
                    "required": [
                        "organization"
                    ],
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
        {
            code: "changePassword",
            isAsync: true,
            /* wwEditor:start */
            name: "Change password",
            edit: actionForms.changePassword,
            getIsValid: (args) => isComplete('changePassword', args),
            copilot: {
                "description": "Has Auth0 send an e-mail with a link to choose a new password.",
                "returns": "nothing",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "type": "object",
                    "properties": {
                        "email": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The address of the account. Whether it exists is never told."
                        },
                        "connection": {
                            "type": "string",
                            "minLength": 1,
                            "description": "The database that holds the password, since only those have one."
                        }
                    },
                    "required": [
                        "email",
                        "connection"
                    ],
                    "additionalProperties": false
                }
            },
            /* wwEditor:end */
        },
    ],
};
