# Agreement of assessors: Rscript tests/golden/agreement.R > tests/golden/agreement.csv
# R 4.2.2, psych. Judgements are invented; the intraclass data are Shrout and Fleiss (1979), table 2.
suppressMessages(library(psych))
say <- function(name, value) cat(sprintf("%s,%.15g\n", name, value))
cat("name,value\n")
a <- c(1,1,2,2,2,3,1,2,3,3,2,2,1,3,2,2,1,2,3,2)
b <- c(1,2,2,2,1,3,1,2,2,3,2,3,1,3,2,2,2,2,3,2)
k <- cohen.kappa(cbind(a, b))
say("kappa", k$weighted.kappa)
sf <- matrix(c(9,2,5,8, 6,1,3,2, 8,4,6,8, 7,1,2,6, 10,5,6,9, 6,2,4,7), ncol = 4, byrow = TRUE)
icc <- ICC(sf, lmer = FALSE)$results["Single_random_raters", ]
say("icc", icc$ICC); say("icc.low", icc$`lower bound`); say("icc.high", icc$`upper bound`)
