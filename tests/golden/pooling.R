# Pooled estimates: Rscript tests/golden/pooling.R > tests/golden/pooling.csv
# R 4.2.2, metafor 3.8.1, clubSandwich 0.5.8. tau2 of REML and Paule-Mandel is found to the exact root here, because
# rma() stops at its default tolerance; everything else is metafor's, given that tau2.
suppressMessages({library(metafor); library(clubSandwich)})
say <- function(name, value) cat(sprintf("%s,%.15g\n", name, value))
cat("name,value\n")

yi <- c(-.95, .05, -.41, -1.10, .35, -.30, .12, -.70)
vi <- c(.09, .06, .12, .20, .15, .05, .11, .08)
reml <- uniroot(function(t) { w <- 1/(vi+t); m <- sum(w*yi)/sum(w)
  sum(w^2*(yi-m)^2) - sum(w) + sum(w^2)/sum(w) }, c(0, 5), tol = 1e-15)$root
pm <- uniroot(function(t) { w <- 1/(vi+t); m <- sum(w*yi)/sum(w)
  sum(w*(yi-m)^2) - length(yi) + 1 }, c(0, 5), tol = 1e-15)$root
for (m in c("REML", "DL", "PM")) {
  tau2 <- switch(m, REML = reml, PM = pm, DL = rma(yi, vi, method = "DL")$tau2)
  fit <- rma(yi, vi, tau2 = tau2)
  say(paste0(m, ".tau2"), tau2); say(paste0(m, ".mean"), fit$b); say(paste0(m, ".se"), fit$se)
}
dl <- rma(yi, vi, method = "DL", test = "knha")
say("DLHK.se", dl$se); say("DLHK.low", dl$ci.lb); say("DLHK.high", dl$ci.ub)
fit <- rma(yi, vi, tau2 = reml)
say("Q", fit$QE); say("Q.p", fit$QEp)
half <- qt(.975, length(yi) - 2) * sqrt(reml + fit$se^2)
say("predict.low", fit$b - half); say("predict.high", fit$b + half)
eb <- blup(fit)$pred
for (i in seq_along(eb)) say(paste0("EB.", i), eb[i])

flat <- c(-.62, -.15, -.41, -.88, .10, -.35, -.05, -.52)
fit <- rma(flat, vi, method = "REML")
say("flat.tau2", fit$tau2); say("flat.mean", fit$b); say("flat.se", fit$se)
say("flat.knha.se", rma(flat, vi, method = "REML", test = "knha")$se)

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
for (i in seq_len(nrow(bcg))) { say(paste0("bcg.y.", i), bcg$yi[i]); say(paste0("bcg.v.", i), bcg$vi[i]) }
fit <- rma(yi, vi, data = bcg, control = list(threshold = 1e-14, maxiter = 1e4))
say("bcg.tau2", fit$tau2); say("bcg.mean", fit$b); say("bcg.se", fit$se)
meta <- rma(yi, vi, mods = ~ ablat, data = bcg, control = list(threshold = 1e-14, maxiter = 1e4))
for (i in seq_len(nrow(bcg))) say(paste0("bcg.ablat.", i), bcg$ablat[i])
say("bcg.meta.tau2", meta$tau2)
say("bcg.meta.slope", meta$b[2]); say("bcg.meta.slope.se", meta$se[2])
egger <- regtest(yi, vi, data = bcg, model = "lm")
say("bcg.egger.t", egger$zval); say("bcg.egger.p", egger$pval)
tf <- trimfill(rma(yi, vi, data = bcg, method = "DL"))
say("bcg.trimfill.k0", tf$k0); say("bcg.trimfill.mean", tf$b); say("bcg.trimfill.se", tf$se)
say("bcg.trimfill.right", as.numeric(tf$side == "right"))
tf <- trimfill(rma(flat, vi, method = "DL"))
say("flat.trimfill.k0", tf$k0); say("flat.trimfill.mean", tf$b)

# Studies that share a district.
district <- c("a", "a", "a", "b", "b", "c", "d", "d")
robust <- coef_test(rma(yi, vi, tau2 = reml), vcov = "CR2", cluster = district)
say("CR2.mean", robust$beta); say("CR2.se", robust$SE); say("CR2.df", robust$df_Satt); say("CR2.p", robust$p_Satt)
common <- coef_test(rma(yi, vi, method = "FE"), vcov = "CR2", cluster = district)
say("CR2.common.mean", common$beta); say("CR2.common.se", common$SE); say("CR2.common.df", common$df_Satt)
