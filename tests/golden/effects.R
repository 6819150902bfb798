# Effects, means, ordered judgements and shares: Rscript tests/golden/effects.R > tests/golden/effects.csv
# R 4.2.2, metafor 3.8.1. Noncentral t limits by uniroot on pt(), because effectsize 0.8.3 stops at
# about 1e-6 (it prints .15883990 and 1.79801266 for the first data set).
suppressMessages(library(metafor))
say <- function(name, value) cat(sprintf("%s,%.15g\n", name, value))
cat("name,value\n")

noncentral <- function(name, t, df, scale) {
  for (end in list(c("low", .975), c("high", .025))) {
    root <- uniroot(function(ncp) pt(t, df, ncp) - as.numeric(end[2]), t + c(-12, 12), tol = 1e-15)
    say(paste0(name, ".", end[1]), root$root * scale)
  }
}
j <- function(m) exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))
for (m in c(2, 3, 5, 10, 20, 50)) say(paste0("j.", m), j(m))

# Two separate groups.
t <- c(31, 28, 35, 40, 22, 30, 33, 37, 29, 41, 26, 34, 38, 32)
c <- base::c(27, 25, 30, 36, 20, 24, 31, 28, 22, 33, 26, 29)
n1 <- length(t); n2 <- length(c); hn <- 1 / n1 + 1 / n2
pooled <- sqrt(((n1 - 1) * var(t) + (n2 - 1) * var(c)) / (n1 + n2 - 2))
d <- (mean(t) - mean(c)) / pooled
say("groups.d", d); noncentral("groups.d", d / sqrt(hn), n1 + n2 - 2, sqrt(hn))
smd <- escalc("SMD", m1i = mean(t), sd1i = sd(t), n1i = n1, m2i = mean(c), sd2i = sd(c), n2i = n2)
say("groups.g", smd$yi[1]); say("groups.g.variance", smd$vi)
delta <- (mean(t) - mean(c)) / sd(c)
error <- sqrt(1 / n2 + var(t) / (n1 * var(c)))
say("groups.delta", delta); noncentral("groups.delta", delta / error, n2 - 1, error)
smd1 <- escalc("SMD1", m1i = mean(t), n1i = n1, m2i = mean(c), sd2i = sd(c), n2i = n2)
say("groups.smd1", smd1$yi[1])
for (equal in c(0, 1)) {
  test <- t.test(t, c, var.equal = equal == 1)
  name <- if (equal) "groups.student" else "groups.welch"
  say(paste0(name, ".p"), test$p.value); say(paste0(name, ".df"), test$parameter)
  say(paste0(name, ".low"), test$conf.int[1]); say(paste0(name, ".high"), test$conf.int[2])
}

# The same pupils before and after, taught and comparison.
pre <- base::c(18, 22, 15, 20, 17, 24, 19, 21, 16, 23)
post <- base::c(27, 29, 22, 30, 21, 33, 28, 26, 25, 31)
pre_c <- base::c(19, 21, 16, 22, 18, 23, 17, 20, 24)
post_c <- base::c(22, 24, 17, 27, 20, 27, 19, 22, 29)
n <- length(pre); change <- post - pre; r <- cor(pre, post)
dz <- mean(change) / sd(change)
say("pairs.r", r); say("pairs.dz", dz); noncentral("pairs.dz", dz * sqrt(n), n - 1, 1 / sqrt(n))
say("pairs.drm", dz * sqrt(2 * (1 - r)))
say("pairs.dav", mean(change) / sqrt((var(pre) + var(post)) / 2)); say("pairs.dpre", mean(change) / sd(pre))
for (type in c("SMCR", "SMCC")) {
  found <- escalc(type, m1i = mean(post), m2i = mean(pre), sd1i = if (type == "SMCR") sd(pre) else sd(post),
                  sd2i = sd(pre), ri = r, ni = n)
  say(paste0("pairs.", type), found$yi[1]); say(paste0("pairs.", type, ".variance"), found$vi)
}
test <- t.test(post, pre, paired = TRUE)
say("pairs.gain.low", test$conf.int[1]); say("pairs.gain.high", test$conf.int[2]); say("pairs.gain.p", test$p.value)
pupils <- data.frame(pre = base::c(pre, pre_c), post = base::c(post, post_c), taught = rep(1:0, base::c(10, 9)))
fit <- summary(lm(post ~ pre + taught, pupils))$coefficients["taught", ]
ends <- confint(lm(post ~ pre + taught, pupils))["taught", ]
say("ancova.b", fit[1]); say("ancova.se", fit[2]); say("ancova.p", fit[4]); say("ancova.low", ends[1]); say("ancova.high", ends[2])
within <- sqrt((9 * var(post) + 8 * var(post_c)) / 17); approximate <- function(m) 1 - 3 / (4 * m - 1)
say("ancova.unconditional", fit[1] / within * j(17)); say("ancova.wwc", fit[1] / within * approximate(17))
say("ancova.eef", fit[1] / sd(pupils$post) * approximate(17))
s_pre <- sqrt((9 * var(pre) + 8 * var(pre_c)) / 17)
say("ppc2", j(17) * (mean(change) - mean(post_c - pre_c)) / s_pre)

# The trial of trial.R as if pupils had been chosen one by one (eefAnalytics' srtFREQ, unconditional).
trial <- do.call(rbind, lapply(1:10, function(s) data.frame(s = s, i = 1:(7 + s))))
trial <- transform(trial, tr = s %% 2, pre = 80 + ((37 * i + 11 * s) %% 41))
trial <- transform(trial, post = 20 + .8 * pre + 4 * tr + ((7 * s) %% 5 - 2) * 2.5 + ((13 * i + 5 * s) %% 17 - 8))
b <- coef(lm(post ~ pre + tr, trial))["tr"]; nt <- sum(trial$tr); nc <- sum(1 - trial$tr)
d <- b / sd(trial$post); k <- approximate(nt + nc - 2)
se <- k * sqrt((nt + nc) / (nt * nc) + d^2 / (2 * (nt + nc)))
say("srt.unconditional", k * d); say("srt.unconditional.low", k * d - qnorm(.975) * se)

# Lakens (2013), table 1.
x <- base::c(9, 7, 8, 9, 8, 9, 9, 10, 9, 9); y <- base::c(9, 6, 7, 8, 7, 9, 8, 8, 8, 7)
ds <- (mean(x) - mean(y)) / sqrt((var(x) + var(y)) / 2)
say("lakens.ds", ds); noncentral("lakens.ds", ds * sqrt(5), 18, 1 / sqrt(5)); say("lakens.gs", ds * j(18))
say("lakens.dz", mean(x - y) / sd(x - y)); say("lakens.drm", mean(x - y) / sd(x - y) * sqrt(2 * (1 - cor(x, y))))

# Ordered judgements, by all pairs (Brunner and Munzel).
ordered <- function(name, a, b) {
  above <- rowMeans(outer(a, b, ">") + outer(a, b, "==") / 2)
  below <- rowMeans(outer(b, a, ">") + outer(b, a, "==") / 2)
  v <- base::c(var(above) / length(a), var(below) / length(b)); e <- sqrt(sum(v))
  df <- sum(v)^2 / (v[1]^2 / (length(a) - 1) + v[2]^2 / (length(b) - 1)); half <- 2 * qt(.975, df) * e
  delta <- 2 * mean(above) - 1
  say(paste0(name, ".delta"), delta); say(paste0(name, ".p"), 2 * pt(-abs(delta) / (2 * e), df))
  say(paste0(name, ".low"), delta - half); say(paste0(name, ".high"), delta + half)
}
ordered("ordered.groups", t, c)
ordered("ordered.grades", rep(1:3, base::c(9, 10, 2)), rep(1:3, base::c(8, 30, 12)))

# Shares.
for (s in list(base::c(81, 263), base::c(15, 148), base::c(0, 20), base::c(1, 29), base::c(9, 12))) {
  ends <- suppressWarnings(prop.test(s[1], s[2], correct = FALSE))$conf.int
  say(sprintf("wilson.%d/%d.low", s[1], s[2]), ends[1]); say(sprintf("wilson.%d/%d.high", s[1], s[2]), ends[2])
}
for (type in c("OR", "RR")) {
  found <- summary(escalc(type, ai = 56, n1i = 70, ci = 48, n2i = 80))
  say(paste0("table.", type), exp(found$yi[1])); say(paste0("table.", type, ".low"), exp(found$ci.lb)); say(paste0("table.", type, ".high"), exp(found$ci.ub))
}
say("table.cox", approximate(148) * log(56 * 32 / (14 * 48)) / 1.65)
say("table.fisher", fisher.test(matrix(base::c(56, 14, 48, 32), 2))$p.value)
say("mcnemar.9.2", binom.test(9, 11)$p.value)

# What half a standard deviation means.
say("half.u3", pnorm(.5)); say("half.overlap", 2 * pnorm(-.25)); say("half.superiority", pnorm(.5 / sqrt(2)))
