"""Whom each text in `act_texts` adds, removes or amends, by hand: list, kind, destination, name.

A line that ends in “?” is for a person to read: the text leaves it open, or only its preamble says
it. A text without lines touches nobody on a list.
"""

KEY = """
# 2023-25557
EL removed CN Ministry of Public Security's Institute of Forensic Science of China
# 2020-10869
EL added CN Aksu District Public Security Bureau
EL added CN Ministry of Public Security's Institute of Forensic Science of China
EL added CN NetPosa
# 2020-15827
EL added CN Changji Esquel Textile Co. Ltd.
EL added CN Xinjiang Silk Road BGI
EL amended CN Aksu District Public Security Bureau
EL amended CN Ministry of Public Security's Institute of Forensic Science of China
EL amended CN NetPosa
# 2024-24562
EL removed CA Sandvine Incorporated
EL removed IN Sandvine Incorporated
EL removed JP Sandvine Incorporated
EL removed MY Sandvine Incorporated
EL removed SE Sandvine Incorporated
EL removed AE Sandvine Incorporated
EL added CN Star Navigation
EL amended CN Beijing Aerospace Automatic Control Institute (BICD)
EL removed CN Hefei Bitland Information Technology Co., Ltd.
EL added PK Ariston Trade Links
EL added PK Rising Sun Enterprises
# 2024-03674
EL added CA Sandvine Incorporated
EL added IN Sandvine Incorporated
EL added JP Sandvine Incorporated
EL added MY Sandvine Incorporated
EL added SE Sandvine Incorporated
EL added AE Sandvine Incorporated
EL added CN Chengdu Beizhan Electronics Co., Ltd.
EL amended CN China Academy of Launch Vehicle Technology
EL amended CN Inspur Group Co., Ltd.
EL removed AE Jazirah Aviation Club
# 2025-19858
EL removed CN Arrow (China) Electronics Trading Co., Ltd.
EL amended CN Arrow Electronics (Hong Kong) Co., Ltd.
# 2023-12726
EL added KE Frontier Services Group Ltd.
EL added AE Frontier Services Group Ltd.
EL removed LV Fiber Optic Solutions
EL added AE Test Flying Academy of South Africa
# 2022-26622
EL added LV Fiber Optic Solutions
EL removed OM Beta Engineering Gulf LLC
EL removed SA Beta Engineering Gulf LLC
EL removed AE Beta Engineering Gulf LLC
EL added PK AZ Forward International
EL added PK Zain Enterprises
# 2022-14069
EL added CN Connec Electronic Ltd.
EL added CN World Jetta (H.K.) Logistics Limited
EL removed CN Wuhan Raycus Test Systems
EL removed PK Lahore Optronics
EL amended PK Karachi Marine Systems
EL amended PK Jade Machinery Pvt. Ltd.
# 2021-12751
EL removed FR Satori Corporation
EL removed AE Satori Corporation
# 2023-13196
EL added CN Shanghai Supercomputing Technology Co., Ltd.
# 2023-27932
UVL removed CN Fulian Precision Electronics (Tianjin) Co., Ltd.
UVL removed CN Guangxi Intai Technology Co., Ltd.
UVL removed CN Nanning Fulian Fu Gui Precision Industrial Co., Ltd.
UVL removed CN Plexus (Xiamen) Co., Ltd.
# 2022-27149
EL added RU Avilon Ltd.
UVL removed RU Avilon Ltd.
EL added RU Nasosy Ampika
UVL removed RU Nasosy Ampika
EL added RU Radiant Group of Companies
UVL removed RU Radiant Group of Companies
UVL removed CN AECC South Industry Co., Ltd.
UVL removed CN Wuxi Turbine Blade Co., Ltd.
# 2022-04300
EL added RU Admiralty Shipyard JSC
MEU removed RU Admiralty Shipyard JSC
EL added RU Aleksandrov Scientific Research Technological Institute NITI
MEU removed RU Aleksandrov Scientific Research Technological Institute NITI
EL added RU Argut OOO
MEU removed RU Argut OOO
# 2023-21080
EL added CN Beijing Shengbo Xietong Technology Co., Ltd.
EL amended PK Akhtar & Munir
MEU removed CN Xinjiang Test Avionics Institute
MEU removed - Beijing Ander Tech. Co., Ltd. ?
# 2024-28267
EL added CN ACM Research (Shanghai), Inc.
EL added CN Piotech, Inc.
# 2022-04819
EL added BY JSC Integral
EL added BY Ministry of Defence of the Republic of Belarus
# 2025-17893
EL amended BY KB Unmanned Helicopters
EL added CN Beijing Fudan Microelectronics Technology Co., Ltd.
EL amended RU Device Consulting
# 2024-25411
EL amended CN Aeroscan
EL amended CN Asia Pacific Links Ltd.
EL amended EE ST Baltic Telecom
EL added TR Sigma Bosphorus Lojistik
# 2022-21658
EL amended CN Beijing Institute of Technology
EL amended CN National University of Defense Technology (NUDT)
EL amended CN Sugon
# 2019-13245
EL amended CN National University of Defense Technology (NUDT)
EL added CN Chengdu Haiguang Integrated Circuit
EL added CN Sugon
# 2020-28101
EL amended CN Best Ideas Computer Limited
EL amended CN Corezing International
# 2022-07643
EL amended CN Hunan Goke Microelectronics
# 2024-16379
# 2022-21714
UVL added CN Yangtze Test Instruments Co., Ltd.
UVL removed CN Best Ideas Computer Limited
# 2022-27151
EL added CN Hunan Goke Microelectronics
UVL removed CN Hunan Goke Microelectronics
EL amended CN Sugon
# 2023-18125
UVL removed CN Plexus (Xiamen) Co., Ltd.
# 2024-01253
UVL removed CN Kuang-Chi Group
# 2024-07760
EL added CN Wuhan Raycus Test Systems
EL amended PK Karachi Marine Systems
# 2025-05426
EL amended CN National University of Defense Technology (NUDT)
# 2021-04505
EL amended PK Lahore Optronics
# 2026-17230
EL removed TR Bosphorus Deneme Havacılık Sanayi Limited Şirketi
# 2026-17231
EL amended CN Arrow Electronics (Hong Kong) Co., Ltd.
# neighbors
EL removed CN Aksu District Public Security Bureau
EL removed CN Forensic Genomics International
EL removed CN Beijing Hefei Bitland Information Technology Co., Ltd.
EL removed RU Forensic Center of Nizhniy Novgorod Region Main Directorate of the Ministry of\
 Interior Affairs
# future
EL removed CN Kuang-Chi Group
# alias-only
EL amended CN Ministry of Public Security's Institute of Forensic Science of China
# address-only
EL amended CN Ministry of Public Security's Institute of Forensic Science of China
# one-of-several
EL removed SE Sandvine Incorporated
# background-only
EL removed CN Xinjiang Test Bureau
# relisting
EL added CN Ministry of Public Security's Institute of Forensic Science of China
# nameless-removal
EL removed CN Ministry of Public Security's Institute of Forensic Science of China ?
# alias-of-another
EL added CN Ningbo Test Optics
EL amended CN Suzhou Test Lasers
"""
