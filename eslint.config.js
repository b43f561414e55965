// @ts-check
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/static/", ".venv/", "tests/artifacts/", "build/"] },
  js.configs.recommended,
  {
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 50],
      "no-implicit-globals": "error",
      "no-restricted-properties": [
        "error",
        { property: "outerHTML", message: "Text reaches the page by textContent." },
        { property: "insertAdjacentHTML", message: "Text reaches the page by textContent." },
      ],
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["dashboard/frontend/**"], languageOptions: { globals: { ...globals.browser, L: "readonly" } } },
  { files: ["tests/frontend/**", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
