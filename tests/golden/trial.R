# Models for pupils in schools: Rscript tests/golden/trial.R > tests/golden/trial.csv
# R 4.2.2, lme4 1.1-31, lmerTest, clubSandwich 0.5.8. lme4's variances are good to about 1e-8.
suppressMessages({library(lmerTest); library(clubSandwich)})
say <- function(name, value) cat(sprintf("%s,%.15g\n", name, value))
cat("name,value\n")
tight <- lmerControl(optCtrl = list(xtol_abs = 1e-14, ftol_abs = 1e-14))

trial <- do.call(rbind, lapply(1:10, function(s) data.frame(s = s, i = 1:(7 + s))))
trial <- within(trial, {
  tr <- s %% 2
  pre <- 80 + ((37 * i + 11 * s) %% 41)
  post <- 20 + .8 * pre + 4 * tr + ((7 * s) %% 5 - 2) * 2.5 + ((13 * i + 5 * s) %% 17 - 8)
})
fit <- lmer(post ~ pre + tr + (1 | s), trial, control = tight)
table <- coef(summary(fit))["tr", ]
say("mixed.b", table[1]); say("mixed.se", table[2]); say("mixed.df", table[3]); say("mixed.p", table[5])
v <- as.data.frame(VarCorr(fit))$vcov; say("mixed.between", v[1]); say("mixed.within", v[2])
say("mixed.deviance", REMLcrit(fit))
null <- as.data.frame(VarCorr(lmer(post ~ 1 + (1 | s), trial, control = tight)))$vcov
say("null.between", null[1]); say("null.within", null[2])
say("effect.total.unconditional", table[1] / sqrt(sum(null)))
say("effect.total.conditional", table[1] / sqrt(sum(v)))
say("effect.within.unconditional", table[1] / sqrt(null[2]))
say("effect.within.conditional", table[1] / sqrt(v[2]))
cr2 <- coef_test(lm(post ~ pre + tr, trial), vcov = "CR2", cluster = trial$s)["tr", ]
say("cr2.b", cr2$beta); say("cr2.se", cr2$SE); say("cr2.df", cr2$df_Satt); say("cr2.p", cr2$p_Satt)
means <- aggregate(cbind(post, pre, tr) ~ s, trial, mean)
m <- summary(lm(post ~ pre + tr, means))$coefficients["tr", ]
say("means.b", m[1]); say("means.se", m[2]); say("means.p", m[4])

did <- expand.grid(sc = 1:10, pu = 1:6, t = 0:1)
did <- within(did, {
  tr <- as.numeric(sc <= 5)
  y <- 50 + 5 * t + 3 * tr * t - 2 * tr + ((13 * sc) %% 7 - 3) * 1.1 +
    ((5 * sc + 3 * t) %% 4 - 1.5) * .9 + ((11 * pu + 3 * sc + 7 * t) %% 9 - 4) * .8
})
cr2 <- coef_test(lm(y ~ t * tr, did), vcov = "CR2", cluster = did$sc)["t:tr", ]
say("did.b", cr2$beta); say("did.se", cr2$SE); say("did.df", cr2$df_Satt); say("did.p", cr2$p_Satt)

growth <- expand.grid(id = 1:16, term = 0:3)
growth <- within(growth, {
  dis <- as.numeric(id <= 8)
  y <- 20 + 2 * term - 4 * dis + .6 * dis * term + ((7 * id) %% 5 - 2) * 1.3 + ((3 * id + 5 * term) %% 7 - 3) * .5
})
fit <- lmer(y ~ term * dis + (1 | id), growth, control = tight)
table <- coef(summary(fit))
for (k in 1:4) { say(paste0("growth.b.", k), table[k, 1]); say(paste0("growth.se.", k), table[k, 2])
  say(paste0("growth.df.", k), table[k, 3]) }
